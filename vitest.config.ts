import { defineConfig } from 'vitest/config';
import { kinds } from './src/lab/suite/kinds.ts';

/** One project for each kind of test, one kind after another: the seconds of each then mean it. */
export default defineConfig({
  test: {
    projects: kinds.map(({ name, include, exclude, needsServer, timeoutMs }, index) => ({
      test: {
        name,
        include,
        exclude,
        testTimeout: timeoutMs,
        hookTimeout: timeoutMs,
        globalSetup: needsServer ? ['test/setup/server.ts'] : [],
        sequence: { groupOrder: index },
        // Unit tests share their modules; loading them anew for each file took more time than the tests.
        isolate: name !== 'unit',
        // Tests load the package as a user's program does: compiled, by Node itself.
        server: { deps: { external: [/\/src\/dist\//] } },
      },
    })),
  },
});
