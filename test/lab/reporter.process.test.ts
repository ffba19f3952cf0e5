import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compiled, inClone } from '../../src/lab/clone.ts';
import { TALLY_FILE_VARIABLE, type Tally } from '../../src/lab/suite/reporter.ts';

/** Vitest starts anew in each of these. */
const TIMEOUT_MS = 30_000;

let folder: string;
beforeEach(async () => {
  // Inside the clone, because the test files written here import vitest.
  await mkdir(inClone('.streambook'), { recursive: true });
  folder = await mkdtemp(inClone('.streambook', 'reporter-'));
  await writeFile(join(folder, 'vitest.config.ts'), `export default { test: { name: 'unit' } };`);
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs a test file with this text, and returns what the reporter wrote about it. */
async function tallyOf(text: string): Promise<Tally> {
  const file = join(folder, 'tally.json');
  const imports = `import { beforeAll, describe, expect, it } from 'vitest';\n`;
  await writeFile(join(folder, 'some.test.ts'), imports + text);
  const vitest = spawn(
    process.execPath,
    [
      inClone('node_modules', 'vitest', 'vitest.mjs'),
      ...['run', '--root', folder],
      `--reporter=${compiled('lab', 'suite', 'reporter.js')}`,
    ],
    { env: { ...process.env, [TALLY_FILE_VARIABLE]: file }, stdio: 'ignore' },
  );
  await once(vitest, 'close');
  return JSON.parse(await readFile(file, 'utf8')) as Tally;
}

const cases = [
  {
    name: 'counts what passed, failed and was skipped',
    text: `it('a', () => {}); it('b', () => { throw 1; }); it.skip('c', () => {});`,
    counts: { passed: 1, failed: 1, skipped: 1 },
  },
  {
    name: 'counts a file that does not parse as failed',
    text: 'const = 1;',
    counts: { passed: 0, failed: 1, skipped: 0 },
  },
  {
    name: 'counts a group as failed whose tests were skipped because its set-up failed',
    text: `describe('g', () => { beforeAll(() => { throw 1; }); it('a', () => {}); });`,
    counts: { passed: 0, failed: 1, skipped: 1 },
  },
];
for (const { name, text, counts } of cases) {
  it(name, { timeout: TIMEOUT_MS }, async () => {
    const { kinds } = await tallyOf(text);
    expect(kinds).toMatchObject([{ kind: 'unit', ...counts }]);
  });
}

it('tells of a rejection that no test awaited', { timeout: TIMEOUT_MS }, async () => {
  const { kinds, unhandled } = await tallyOf(
    `it('a', () => { Promise.reject(new Error('nobody awaits')); });`,
  );
  expect(kinds).toMatchObject([{ passed: 1, failed: 0 }]);
  expect(unhandled).toEqual(['nobody awaits']);
});
