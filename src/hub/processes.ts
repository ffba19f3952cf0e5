/** Agencies in processes of their own, one of which may be killed. */
import { type ChildProcess, fork } from 'node:child_process';

/** What an agency tells the process that started it. */
export type Report = { published: number } | { confirmed: number };

/** An agency at work in another process. */
export interface AgencyProcess {
  pid: number | undefined;
  /** How many headlines it has published, as far as is known here. */
  published(): number;
  /** How many of them it knows to have arrived. */
  confirmed(): number;
  /** Resolves when the process has ended: true when it was killed. */
  ended: Promise<boolean>;
}

/**
 * Starts an agency as a process of its own, which ends with this one at the latest.
 *
 * @param script - the command that publishes
 * @param args - its arguments
 * @param killAt - kills it with SIGKILL when it has published so many headlines
 * @throws Error when it fails by itself; it has said why on standard error
 */
export function startAgency(
  script: string,
  args: readonly string[],
  killAt = Number.POSITIVE_INFINITY,
): AgencyProcess {
  const child = fork(script, args, {
    // The flags of this process are no business of that one.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let published = 0;
  let confirmed = 0;
  child.on('message', (report: Report) => {
    if ('confirmed' in report) confirmed = report.confirmed;
    else published = report.published;
    if (published >= killAt) child.kill('SIGKILL');
  });
  return {
    pid: child.pid,
    published: () => published,
    confirmed: () => confirmed,
    ended: endOf(child),
  };
}

function endOf(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(false);
      else if (signal === 'SIGKILL') resolve(true);
      else reject(new Error(`An agency's process ended with ${signal ?? `code ${code}`}.`));
    });
  });
}

/** Tells the process that started this one, if one did, and is over when that one is gone. */
export function reportToParent(report: Report): void {
  if (process.connected) process.send?.(report);
}
