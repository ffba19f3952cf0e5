import { join } from 'node:path';
import envPaths from 'env-paths';
import { run } from '../tools/run.js';

/** The Temporal CLI that the book is written against. */
export const TEMPORAL_VERSION = '1.5.1';

/** A first run from a cold disk reads 250 MB. */
const VERSION_TIMEOUT_MS = 30_000;

/** Where the programs that the book fetches are kept: outside the clone, one folder a version. */
export function cacheFolder(): string {
  return join(envPaths('streambook', { suffix: '' }).cache, 'temporal', TEMPORAL_VERSION);
}

/** The program's name in a cache folder. */
export function binaryIn(folder: string): string {
  return join(folder, process.platform === 'win32' ? 'temporal.exe' : 'temporal');
}

/**
 * Runs the program once, which is the only way to know that it is whole and for this machine.
 *
 * @param binary - path of a Temporal CLI
 * @returns its version line
 * @throws Error saying that it does not run, and why
 */
export async function versionOf(binary: string): Promise<string> {
  try {
    return await run(binary, ['--version'], { timeoutMs: VERSION_TIMEOUT_MS });
  } catch (error) {
    throw new Error(`${binary} does not run: ${(error as Error).message}`, { cause: error });
  }
}
