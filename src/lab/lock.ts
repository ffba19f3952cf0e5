import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import type { Progress } from './progress.js';

/** Gives a lock back. */
export type Release = () => Promise<void>;

/** A holder that has not refreshed its lock for this long is dead. It refreshes twice as often. */
const STALE_MS = 20_000;
const RETRY_MS = 100;

/**
 * Takes the lock of a folder, which is made if it is missing.
 *
 * @param folder - what only one process at a time may work in
 * @returns how to give the lock back, or `undefined` if another has it
 */
export async function tryLock(folder: string): Promise<Release | undefined> {
  await mkdir(folder, { recursive: true });
  try {
    return await lockfile.lock(folder, {
      lockfilePath: lockPath(folder),
      stale: STALE_MS,
      // By default a lock that was taken over throws where nothing can catch it. It happens when a
      // laptop slept; whoever took it over has looked at what is running, and this process goes on.
      onCompromised: () => {},
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
    throw error;
  }
}

/** The folder that exists while somebody holds the lock. */
export function lockPath(folder: string): string {
  return join(folder, 'lock');
}

/**
 * Runs a task that must not run twice at once on this machine, waiting for another that does.
 *
 * @param folder - what the task works in
 * @param waiting - what to tell the reader if there is a wait
 * @param onProgress - where that goes
 * @param task - runs while the lock is held
 */
export async function withLock<T>(
  folder: string,
  waiting: string,
  onProgress: Progress,
  task: () => Promise<T>,
): Promise<T> {
  let release = await tryLock(folder);
  if (!release) onProgress(waiting);
  while (!release) {
    await pause(RETRY_MS);
    release = await tryLock(folder);
  }
  try {
    return await task();
  } finally {
    await release();
  }
}
