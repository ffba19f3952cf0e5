import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from './run.js';

const LOOK_EVERY_MS = 50;

/** Whether a process of that id runs, ours or anybody's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * The command line of a process, to tell one of ours from a stranger that got its id.
 *
 * @returns an empty string when it cannot be known, as on Windows
 */
export async function commandLineOf(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  } catch {
    return run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => '');
  }
}

/**
 * Ends a process that is not a child of this one: asks first, and kills it after a while.
 *
 * @param pid - the process
 * @param graceMs - how long it may take to end by itself, in milliseconds
 */
export async function endProcess(pid: number, graceMs: number): Promise<void> {
  signalIfAlive(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) signalIfAlive(pid, 'SIGKILL');
    await pause(LOOK_EVERY_MS);
  }
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime, which is what was wanted.
  }
}
