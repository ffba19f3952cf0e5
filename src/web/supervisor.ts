import type { PartState } from './live.js';

/** A worker process, as much of it as keeping one alive needs. */
export interface SupervisedWorker {
  pid: number;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Ends it as a crash would. */
  kill(): void;
  stop(): Promise<void>;
}

/** Options of {@link superviseWorker}. */
export interface SupervisorOptions {
  /** What the lines call the worker, such as `order`. */
  name: string;
  /** Starts a worker; resolves once it polls its task queue. */
  start(): Promise<SupervisedWorker>;
  /** Told of each change, for the pages. */
  onState(state: PartState): void;
  /** Told of each death and each failed start, for the terminal. */
  onLine(line: string): void;
  /** Waits before another start; rejects when the signal aborts. */
  wait(delayMs: number, signal: AbortSignal): Promise<void>;
}

/** A worker that is kept alive. */
export interface Supervisor {
  /**
   * Ends the process as a crash would; another one follows, as after every death.
   *
   * @returns its process id; `undefined` when none is up at the moment
   */
  kill(): number | undefined;
  /** Ends the worker, and starts none any more. */
  stop(): Promise<void>;
}

const FIRST_DELAY_MS = 500;
/** A worker that cannot start (a broken bundle, a server that is gone) is tried this seldom, but always again. */
const LONGEST_DELAY_MS = 30_000;

/**
 * Keeps one worker alive: starts it, and another one whenever it dies, with a longer pause after each failed start.
 *
 * A worker that came to poll resets the pause, so one that a reader kills on purpose is back in half a second.
 */
export function superviseWorker(options: SupervisorOptions): Supervisor {
  const { name, onState, onLine } = options;
  const stopping = new AbortController();
  let worker: SupervisedWorker | undefined;
  let isUp = false;

  /** Starts a worker and waits for its end; says what became of it. */
  async function live(): Promise<{ started: boolean; line: string }> {
    try {
      worker = await options.start();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { started: false, line: `worker ${name} did not start: ${reason}` };
    }
    // Stopped while it was starting: it must not be left behind.
    if (stopping.signal.aborted) await worker.stop();
    else onState('ready');
    isUp = true;
    const { code, signal } = await worker.exited;
    isUp = false;
    const how = signal ? `by ${signal}` : `with code ${code}`;
    return { started: true, line: `worker ${name} (process ${worker.pid}) ended ${how}` };
  }

  async function keepAlive(): Promise<void> {
    let failedStarts = 0;
    onState('starting');
    for (;;) {
      const { started, line } = await live();
      if (stopping.signal.aborted) return;
      failedStarts = started ? 0 : failedStarts + 1;
      const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failedStarts);
      onLine(`${line}; starting another in ${delayMs / 1_000} s`);
      onState('restarting');
      await options.wait(delayMs, stopping.signal).catch(() => {});
      if (stopping.signal.aborted) return;
    }
  }

  const done = keepAlive();
  return {
    kill() {
      if (!isUp) return undefined;
      worker?.kill();
      return worker?.pid;
    },
    async stop() {
      stopping.abort();
      await worker?.stop();
      await done;
    },
  };
}
