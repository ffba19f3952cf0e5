import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inClone } from '../clone.js';
import type { Progress } from '../progress.js';
import { ensureChromium } from '../tools/chromium.js';
import { ensureJupyter } from '../tools/jupyter.js';
import type { TestKind } from './kinds.js';
import type { KindResult } from './tally.js';

/**
 * The tools that some kinds need, and how to get them or be told why not. All are got before the
 * first test: the `.venv` of the notebooks has the Python SDK for test/interop as well, which skips
 * its tests with Python by itself where there is none.
 */
const ENSURE: Partial<Record<TestKind, (onProgress: Progress) => Promise<unknown>>> = {
  notebooks: ensureJupyter,
  browser: (onProgress) => ensureChromium(process.env, onProgress),
};

/** Which kinds can run here, and what stands for the others in the sum. */
export interface Readiness {
  ready: TestKind[];
  missing: KindResult[];
}

/**
 * Gets the tools that the tests need. Where one cannot be had, its kind is skipped on a user's
 * machine, one for each of its files, and fails where everything must run.
 *
 * @param names - the kinds to be run
 * @param everythingMustRun - as in CI
 */
export async function prepareTools(
  names: readonly TestKind[],
  everythingMustRun: boolean,
  onProgress: Progress,
): Promise<Readiness> {
  const readiness: Readiness = { ready: [], missing: [] };
  for (const kind of names) {
    try {
      await ENSURE[kind]?.(onProgress);
      readiness.ready.push(kind);
    } catch (error) {
      const reason = (error as Error).message;
      readiness.missing.push(withoutTool(kind, reason, everythingMustRun));
    }
  }
  return readiness;
}

function withoutTool(kind: TestKind, reason: string, mustRun: boolean): KindResult {
  const outcome = mustRun ? { failed: 1, skipped: 0 } : { failed: 0, skipped: testFilesOf(kind) };
  const verb = mustRun ? 'could not run' : 'skipped';
  return { kind, passed: 0, ...outcome, seconds: 0, notes: [`${kind} ${verb}: ${reason}`] };
}

function testFilesOf(kind: TestKind): number {
  const folder = join(inClone('test'), kind);
  if (!existsSync(folder)) return 0;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.test.ts')).length;
}
