import { type ChildProcess, fork } from 'node:child_process';
import { basename } from 'node:path';
import { LabError } from './errors.js';

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A Node process of ours, which ends when this one does. */
export interface Child {
  pid: number;
  /** What the child sent when it was ready. */
  ready: unknown;
  exited: Promise<Exit>;
  /** Sends a message over the channel. */
  send(message: string): void;
  /** Sends a signal. @defaultValue `'SIGKILL'`, as a crash would end it */
  kill(signal?: NodeJS.Signals): void;
  /** Lets the child finish, and kills it if it takes too long. */
  stop(): Promise<void>;
}

/** What {@link startChild} needs beside the script. */
export interface ChildOptions {
  env: NodeJS.ProcessEnv;
  /** How long `stop()` lets the child finish, in milliseconds. */
  graceMs: number;
  /** Receives what the child sends after it was ready. */
  onMessage?: (message: unknown) => void;
  /** Receives what the child writes to standard error after it was ready. */
  onStderr?: (text: string) => void;
}

/** Enough for a stack trace with its cause. */
const STDERR_KEPT_CHARS = 8_000;

/**
 * Starts a compiled script as a child, and waits until it sends its first message.
 *
 * The channel between the two is what ties their lives: when this process ends, in whichever way,
 * the channel closes and the child stops itself. It has a process group of its own, because Ctrl-C
 * in a terminal would otherwise reach it before we could stop things in their order.
 *
 * @param script - absolute path of a compiled module
 * @param args - its arguments
 * @throws LabError `child-failed`, with what the child wrote, when it ends before it is ready
 */
export async function startChild(
  script: string,
  args: readonly string[],
  options: ChildOptions,
): Promise<Child> {
  const child = fork(script, args, {
    env: options.env,
    // The flags of this process may be a notebook kernel's or a test runner's.
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const exited = exitOf(child);
  let stderr = '';
  let isReady = false;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (isReady) options.onStderr?.(text);
    else stderr = (stderr + text).slice(-STDERR_KEPT_CHARS);
  });

  const ready = await new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('close', (code, signal) => reject(failure(script, { code, signal }, stderr)));
  });
  isReady = true;
  if (options.onMessage) child.on('message', options.onMessage);
  if (child.pid === undefined) throw failure(script, await exited, stderr);

  return {
    pid: child.pid,
    ready,
    exited,
    send: (message) => {
      child.send(message);
    },
    kill: (signal = 'SIGKILL') => {
      child.kill(signal);
    },
    stop: () => stop(child, exited, options.graceMs),
  };
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

async function stop(child: ChildProcess, exited: Promise<Exit>, graceMs: number): Promise<void> {
  // Closing the channel asks the child to finish on every system; Windows has no SIGTERM.
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}

function failure(script: string, { code, signal }: Exit, stderr: string): LabError {
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  return new LabError(
    'child-failed',
    `The process ${basename(script)} ${how} before it was ready. It wrote:\n` +
      (stderr.trim() || '(nothing)'),
  );
}
