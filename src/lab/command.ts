/** What the commands behind `npm run order` and its like have in common. */
import { WorkflowFailedError } from '@temporalio/client';
import { LabError } from './errors.js';

/** Exit code for a command line that makes no sense, as POSIX shells use it. */
const USAGE_ERROR = 2;

/**
 * Runs a command: prints its usage when asked with `--help`, and any error as a sentence instead of a
 * stack. The exit code is 1 when the command failed, and 2 when its options make no sense.
 *
 * @param usage - what `--help` prints
 * @param main - reads the options and does the work
 */
export async function runCommand(usage: string, main: () => Promise<void>): Promise<void> {
  if (process.argv.includes('--help')) {
    console.log(usage);
    return;
  }
  try {
    await main();
  } catch (error) {
    const isUsage = isParseError(error) || (error instanceof LabError && error.type === 'usage');
    process.exitCode = isUsage ? USAGE_ERROR : 1;
    console.error(isUsage ? `${(error as Error).message}\n\n${usage}` : explain(error as Error));
  }
}

/** The last cause of a failed workflow is what happened; any other error tells what to do. */
export function explain(error: Error): string {
  if (!(error instanceof WorkflowFailedError)) return error.message;
  let cause: Error = error;
  while (cause.cause instanceof Error) cause = cause.cause;
  return `failed   ${cause.message}`;
}

/** What `parseArgs` of `node:util` throws for an option that it does not know, or without its value. */
function isParseError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && /^ERR_PARSE_ARGS/.test(`${error.code}`);
}
