import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import type { KindResult } from './tally.js';

/** Names the file that {@link TallyReporter} writes. */
export const TALLY_FILE_VARIABLE = 'STREAMBOOK_TALLY_FILE';

/** What a run of vitest leaves for whoever sums up. */
export interface Tally {
  kinds: KindResult[];
  /** Errors outside any test, as a rejection that nobody handled. */
  unhandled: string[];
}

/**
 * Counts by kind, for the one line at the end. vitest's own JSON knows neither the project of a
 * file nor the errors outside tests, and those must not get lost.
 */
export default class TallyReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly { message: string }[],
  ): void {
    const file = process.env[TALLY_FILE_VARIABLE];
    if (!file) throw new Error(`${TALLY_FILE_VARIABLE} names no file to write the tally to`);
    const kinds = new Map<string, KindResult>();
    for (const module of modules) {
      const kind = module.project.name;
      const result = kinds.get(kind) ?? empty(kind);
      count(module, result);
      kinds.set(kind, result);
    }
    const unhandled = unhandledErrors.map(({ message }) => message);
    const tally: Tally = { kinds: [...kinds.values()], unhandled };
    writeFileSync(file, JSON.stringify(tally));
  }
}

function empty(kind: string): KindResult {
  return { kind, passed: 0, failed: 0, skipped: 0, seconds: 0, notes: [] };
}

function count(module: TestModule, result: KindResult): void {
  const { duration, collectDuration } = module.diagnostic();
  result.seconds += (duration + collectDuration) / 1000;
  // A file or a group that fails outside its tests, as on a syntax error or in beforeAll, has no
  // failed test to show for it, and its tests count as skipped.
  const broken = [module, ...module.children.allSuites()].filter((it) => it.errors().length > 0);
  result.failed += broken.length;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed') result.passed += 1;
    else if (state === 'failed') result.failed += 1;
    else if (state === 'skipped') result.skipped += 1;
    // A test still pending when the run ended was cut off, by a crashed worker for example.
    else result.failed += 1;
  }
}
