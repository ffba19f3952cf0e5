/** How long the orderly way may take before the process ends all the same, in milliseconds. */
const GRACE_MS = 10_000;

/**
 * `npm start` passes on a Ctrl-C that the terminal has sent to us as well. Two signals closer together than this, in
 * milliseconds, are one reader pressing once.
 */
const SAME_PRESS_MS = 500;

/** What {@link stopHandler} works with. */
export interface StopOptions {
  /** Stops everything that was started; called once. */
  stop(): Promise<void>;
  /** Told what is going on, for the terminal. */
  onLine(line: string): void;
  /** Ends the process. */
  exit(code: number): void;
  /** The time in milliseconds. */
  now(): number;
}

/**
 * Makes the handler of the signals that end the live book: the first one stops everything in order, another one does
 * not wait for that.
 */
export function stopHandler(options: StopOptions): (signal: NodeJS.Signals) => Promise<void> {
  const { stop, onLine, exit, now } = options;
  let firstAt: number | undefined;

  return async (signal) => {
    if (firstAt !== undefined) {
      // The shell's convention: 128 and the number of the signal, which is 2 for Ctrl-C.
      if (now() - firstAt > SAME_PRESS_MS) exit(130);
      return;
    }
    firstAt = now();
    onLine(signal === 'SIGINT' ? 'Stopping… (Ctrl-C again to stop at once)' : 'Stopping…');
    const timer = setTimeout(() => {
      onLine(`Not everything had stopped after ${GRACE_MS / 1_000} s.`);
      exit(1);
    }, GRACE_MS);
    try {
      await stop();
      exit(0);
    } catch (error) {
      onLine(error instanceof Error ? error.message : String(error));
      exit(1);
    } finally {
      clearTimeout(timer);
    }
  };
}

/**
 * Stops everything on Ctrl-C (SIGINT), SIGTERM, or when the terminal is closed (SIGHUP).
 *
 * @param stop - stops everything that was started; called once
 * @param onLine - told what is going on, for the terminal
 */
export function stopOnSignal(stop: () => Promise<void>, onLine: (line: string) => void): void {
  const exit = (code: number) => process.exit(code);
  const handle = stopHandler({ stop, onLine, exit, now: () => performance.now() });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, (name) => void handle(name));
  }
}
