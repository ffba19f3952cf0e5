import type { PartState } from './live.js';
import { type SupervisedWorker, type Supervisor, superviseWorker } from './supervisor.js';

/** Options of {@link superviseWorkers}. */
export interface WorkersOptions {
  /** The scenarios, in the order in which their workers are to start. */
  scenarios: readonly string[];
  /** Starts the worker of a scenario; resolves once it polls its task queue. */
  start(scenario: string): Promise<SupervisedWorker>;
  /** Told of each change, for the pages. */
  onState(scenario: string, state: PartState): void;
  /** Told of each death and each failed start, for the terminal. */
  onLine(line: string): void;
  /** Waits; rejects when the signal aborts. */
  wait(delayMs: number, signal: AbortSignal): Promise<void>;
}

/** A worker that has neither started nor failed after this many milliseconds does not hold up the next one. */
const PATIENCE_MS = 15_000;

/** The workers of all scenarios. */
export interface Workers {
  /** Ends the worker of a scenario as {@link Supervisor.kill} does. */
  kill(scenario: string): number | undefined;
  /** Ends all of them, and starts none any more. */
  stop(): Promise<void>;
}

/**
 * Keeps a worker alive for each scenario. They are started one after another, because two that bundle their workflows
 * at once would each take twice as long, and the first panel would be live later.
 */
export function superviseWorkers(options: WorkersOptions): Workers {
  const { scenarios, start, onState, onLine, wait } = options;
  const stopping = new AbortController();
  const supervisors = new Map<string, Supervisor>();

  /** Resolves when the worker has come up or has failed to. */
  function supervise(scenario: string): Promise<void> {
    return new Promise((resolve) => {
      const supervisor = superviseWorker({
        name: scenario,
        start: () => start(scenario),
        onState(state) {
          onState(scenario, state);
          if (state !== 'starting') resolve();
        },
        onLine,
        wait,
      });
      supervisors.set(scenario, supervisor);
    });
  }

  async function startAll(): Promise<void> {
    for (const scenario of scenarios) {
      if (stopping.signal.aborted) return;
      const settled = new AbortController();
      const patience = wait(PATIENCE_MS, AbortSignal.any([settled.signal, stopping.signal]));
      await Promise.race([supervise(scenario), patience.catch(() => {})]);
      settled.abort();
    }
  }

  const started = startAll();
  return {
    kill: (scenario) => supervisors.get(scenario)?.kill(),
    async stop() {
      stopping.abort();
      const ends = [...supervisors.values()].map((supervisor) => supervisor.stop());
      await Promise.all([started, ...ends]);
    },
  };
}
