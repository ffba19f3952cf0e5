/** Runs `npm run hub` as a reader does: as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { compiled } from '../../src/lab/clone.ts';

/** How a command ended, and what it said. */
export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command that runs. */
export interface Command {
  ended: Promise<Result>;
  /** What it has printed so far. */
  stdout(): string;
  kill(signal: NodeJS.Signals): void;
}

/** Starts the command with these arguments. */
export function startHub(...args: string[]): Command {
  const child = spawn(process.execPath, [compiled('hub', 'run.js'), ...args]);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, stdout, stderr }));
  return { ended, stdout: () => stdout, kill: (signal) => void child.kill(signal) };
}

/** Runs the command to its end. */
export function runHub(...args: string[]): Promise<Result> {
  return startHub(...args).ended;
}
