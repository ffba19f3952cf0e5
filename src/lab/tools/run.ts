import { execFile } from 'node:child_process';

/** How to run a command to its end. */
export interface RunOptions {
  /** @defaultValue the environment of this process */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Ends the command after so many milliseconds. @defaultValue never */
  timeoutMs?: number;
  /** Ends the command when it is aborted. */
  signal?: AbortSignal;
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** Enough of an error message to know the cause; compilers put it last. */
const LINES_OF_ERROR = 4;

/**
 * Runs a command and returns what it printed; from standard error if it printed nothing else.
 *
 * @param command - absolute path, or a name on the PATH
 * @param args - its arguments
 * @throws Error with the last lines that the command wrote, when it cannot run, fails, or runs out
 * of time
 */
export function run(
  command: string,
  args: readonly string[],
  { env = process.env, cwd, timeoutMs, signal }: RunOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env, cwd, timeout: timeoutMs, signal, maxBuffer: MAX_OUTPUT_BYTES };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout.trim() || stderr.trim());
      if (error.killed && timeoutMs) {
        return reject(new Error(`no answer within ${timeoutMs / 1000} s`, { cause: error }));
      }
      const written = (stderr || stdout).trim().split('\n').slice(-LINES_OF_ERROR).join(' ');
      reject(new Error(written || error.message, { cause: error }));
    });
  });
}
