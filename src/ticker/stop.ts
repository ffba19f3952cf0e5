/** How a command of the ticker is asked to stop. */

/** Why it was asked, and the exit code that says so; 128 + the signal's number, as shells have it. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, pipe: 0 } as const;

/**
 * A signal that aborts on Ctrl-C, when the process is told to end, and when nobody reads its output any
 * more, as after `| head -2`; the exit code is set by then.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (cause: keyof typeof EXIT_CODES): void => {
    process.exitCode = EXIT_CODES[cause];
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => stop(name));
  // Every later write fails as well, so the listener stays.
  process.stdout.on('error', () => stop('pipe'));
  return controller.signal;
}
