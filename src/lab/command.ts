/** What the commands behind `npm run order` and its like have in common. */
import { WorkflowFailedError } from '@temporalio/client';
import { LabError } from './errors.js';

/** Exit code for a command line that makes no sense, as POSIX shells use it. */
const USAGE_ERROR = 2;

/** Why a command was stopped, and the exit code that says so: 128 + the signal's number, as in shells. */
const STOPPED = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Runs a command: prints its usage when asked with `--help`, and any error as a sentence instead of a
 * stack. The exit code is 1 when the command failed, and 2 when its options make no sense. When nobody
 * reads its output any more, as after `| head -2`, it ends quietly.
 *
 * @param usage - what `--help` prints
 * @param main - reads the options and does the work. A command that has something to finish calls
 * `stopSignal`: from then on, what would end it (Ctrl-C, a signal, a reader that left) aborts that signal
 */
export async function runCommand(
  usage: string,
  main: (stopSignal: () => AbortSignal) => Promise<void>,
): Promise<void> {
  let stop = (): void => process.exit();
  // Every later write fails as well, so the listener stays.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    stop();
  });
  const stopSignal = (): AbortSignal => {
    const controller = new AbortController();
    stop = () => controller.abort();
    for (const [signal, exitCode] of Object.entries(STOPPED)) {
      process.on(signal, () => {
        // Who asks twice does not want to wait for an orderly end.
        if (controller.signal.aborted) process.exit(exitCode);
        process.exitCode = exitCode;
        stop();
      });
    }
    return controller.signal;
  };
  if (process.argv.includes('--help')) {
    console.log(usage);
    return;
  }
  try {
    await main(stopSignal);
  } catch (error) {
    const isUsage = isParseError(error) || (error instanceof LabError && error.type === 'usage');
    process.exitCode = isUsage ? USAGE_ERROR : 1;
    console.error(isUsage ? `${(error as Error).message}\n\n${usage}` : explain(error as Error));
  }
}

/**
 * Reads options by a function that knows nothing of a lab. The RangeError that it throws for a value
 * that makes no sense becomes a usage error.
 *
 * @throws LabError `usage`
 */
export function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof RangeError ? new LabError('usage', error.message) : error;
  }
}

/** The last cause of a failed workflow is what happened; any other error tells what to do. */
function explain(error: Error): string {
  if (!(error instanceof WorkflowFailedError)) return error.message;
  let cause: Error = error;
  while (cause.cause instanceof Error) cause = cause.cause;
  return `failed   ${cause.message}`;
}

/** What `parseArgs` of `node:util` throws for an option that it does not know, or without its value. */
function isParseError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && /^ERR_PARSE_ARGS/.test(`${error.code}`);
}
