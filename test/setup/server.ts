import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openServer } from 'streambook/lab';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the Temporal server that all tests of a run share. */
    temporalAddress: string;
  }
}

/**
 * Opens one Temporal server for all the tests of a run, on data of its own. Each kind of tests
 * calls this; the first one starts the server and names it in the environment, where the others
 * find it, as does everything that a test spawns.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'streambook-test-'));
  const server = await openServer({
    dataDir,
    onProgress: (line) => project.vitest.logger.log(line),
  });
  process.env.TEMPORAL_ADDRESS = server.address;
  project.provide('temporalAddress', server.address);
  return async () => {
    if (server.owned) delete process.env.TEMPORAL_ADDRESS;
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
