import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compiled, inClone } from '../clone.js';
import { runNode } from './commands.js';
import type { TestKind } from './kinds.js';
import { TALLY_FILE_VARIABLE, type Tally } from './reporter.js';
import type { KindResult } from './tally.js';

/** How one run of vitest ended. */
export interface VitestRun {
  /** Its exit code; `null` when a signal ended it. */
  code: number | null;
  /** What its reporter wrote; `undefined` when it did not get that far. */
  tally: Tally | undefined;
}

/**
 * Runs kinds of tests in vitest, in a process of its own so that a crash there is one failure here.
 *
 * @param names - the kinds to run
 * @param options - of vitest's command line
 * @returns a result for each of them, and one more for what failed outside of all
 */
export async function runTests(
  names: readonly TestKind[],
  options: readonly string[] = [],
): Promise<KindResult[]> {
  if (names.length === 0) return [];
  const folder = await mkdtemp(join(tmpdir(), 'streambook-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const code = await runNode(
      [
        inClone('node_modules', 'vitest', 'vitest.mjs'),
        'run',
        ...names.flatMap((name) => ['--project', name]),
        '--passWithNoTests',
        ...options,
        '--reporter=default',
        `--reporter=${compiled('lab', 'suite', 'reporter.js')}`,
      ],
      { ...process.env, [TALLY_FILE_VARIABLE]: file },
    );
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return resultsOf(names, { code, tally: text ? (JSON.parse(text) as Tally) : undefined });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Turns a run into a result for each kind that was asked for. What failed outside any test becomes
 * a result of its own, so that a run that vitest calls failed is never summed up as passed.
 *
 * @param names - the kinds that were asked for
 * @param run - how the run ended
 */
export function resultsOf(names: readonly string[], { code, tally }: VitestRun): KindResult[] {
  const results = names.map(
    (kind) => tally?.kinds.find((result) => result.kind === kind) ?? emptyResult(kind),
  );
  const problems = tally?.unhandled.map((message) => `outside any test: ${message}`) ?? [];
  const counted = results.some(({ failed }) => failed > 0) || problems.length > 0;
  if (!tally) problems.push(`vitest ended with code ${code} before it had run the tests`);
  else if (code !== 0 && !counted) problems.push(`vitest ended with code ${code}: see above`);
  if (problems.length === 0) return results;
  return [...results, { ...emptyResult('vitest'), failed: problems.length, notes: problems }];
}

function emptyResult(kind: string): KindResult {
  return { kind, passed: 0, failed: 0, skipped: 0, seconds: 0, notes: [] };
}
