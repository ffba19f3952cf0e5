import { randomBytes } from 'node:crypto';
import { checkTopics } from 'streambook/sse';
import { readText } from './actions.js';
import { readKnobs, readMoves } from './knobs.js';
import { infoOf, type LaunchedRun, type Launcher, type ScenarioInfo } from './launcher.js';
import { Refusal } from './refusal.js';
import type { RunStore } from './run-store.js';

export type { LaunchedRun, Launcher, Outcome, ScenarioInfo } from './launcher.js';

/** A run that the live book knows. */
export interface Run extends LaunchedRun {
  id: string;
  scenario: string;
  topics: readonly string[];
  readers: readonly string[];
}

/** Options of {@link createRuns}. */
export interface RunsOptions {
  launchers: ReadonlyMap<string, Launcher>;
  /** Runs that may be going on at once. @defaultValue 8: more than a reader opens by hand, few enough for one worker */
  maxActive?: number;
  /** Ended runs remembered, so that a refreshed page finds its own again. @defaultValue 100 */
  maxKept?: number;
  /** A run of a scenario without a limit of its own is terminated after this many milliseconds. @defaultValue 120 000 */
  timeLimitMs?: number;
  /** Remembers runs for the next process of this book. @defaultValue they are forgotten with this one */
  store?: RunStore;
  /** Told when a run over its time could not be terminated. */
  onError?: (error: unknown) => void;
}

/** The runs of one live book. */
export interface Runs {
  /** The scenarios that can be started. */
  scenarios: Readonly<Record<string, ScenarioInfo>>;
  /**
   * Starts a run.
   *
   * @param scenario - its name, unchecked
   * @param knobs - what the browser sent, unchecked
   * @throws Refusal `UnknownScenario`, `BadKnob`, `TooManyRuns`, or what the scenario's launcher throws
   */
  start(scenario: string, knobs: unknown): Promise<Run>;
  /**
   * Finds a run that was started here, or by an earlier process of this book.
   *
   * @throws Refusal `UnknownRun` when it was never started here, or is forgotten; `NotReady` when Temporal has to be
   * asked and is not up yet
   */
  find(id: string): Promise<Run>;
  /**
   * Moves knobs of a run that goes on; it counts as an action.
   *
   * @param sent - what the browser sent, unchecked
   * @throws Refusal as {@link Runs.find} does; `BadKnob`, `RunEnded`, `TooManyActions`
   */
  adjust(id: string, sent: unknown): Promise<Run>;
  /**
   * Does something to a run that goes on.
   *
   * @param action - its name, unchecked
   * @param text - what the browser sent along, unchecked
   * @throws Refusal as {@link Runs.find} does; `UnknownAction`, `BadText`, `RunEnded`, `TooManyActions`
   */
  act(id: string, action: string, text: unknown): Promise<void>;
}

/** As many as a patient reader types within a run's time; a script could do more. */
const MOST_ACTIONS = 200;

/**
 * Starts runs, with a limit on how many and how long, and remembers the latest.
 *
 * @throws RangeError when a scenario has a topic whose name an event stream needs for itself
 */
export function createRuns(options: RunsOptions): Runs {
  const { launchers, maxActive = 8, maxKept = 100, timeLimitMs: usualLimitMs = 120_000 } = options;
  const { store } = options;
  for (const { topics } of launchers.values()) checkTopics(topics);
  const active = new Map<string, Run>();
  const ended = new Map<string, Run>();
  /** How many actions each run that goes on has seen. */
  const acted = new Map<string, number>();
  const adopting = new Map<string, Promise<Run>>();
  let launching = 0;

  /** Moves a run to the ended ones, of which only the latest are kept. */
  function retire(run: Run): void {
    active.delete(run.id);
    acted.delete(run.id);
    ended.set(run.id, run);
    for (const id of ended.keys()) {
      if (ended.size <= maxKept) break;
      ended.delete(id);
    }
  }

  /** Keeps a run in mind, and within its time, until it has ended. */
  function keep(id: string, scenario: string, launcher: Launcher, launched: LaunchedRun): Run {
    const { topics, readers, timeLimitMs = usualLimitMs } = launcher;
    const run: Run = { ...launched, id, scenario, topics, readers };
    active.set(id, run);
    const timer = limitTime(run, timeLimitMs);
    void run.outcome.then(() => {
      clearTimeout(timer);
      retire(run);
    });
    return run;
  }

  async function adopt(id: string): Promise<Run> {
    const kept = store?.find(id);
    const launcher = kept && launchers.get(kept.scenario);
    if (!kept || !launcher) {
      throw new Refusal(404, 'UnknownRun', 'This book has no such run. Start another.');
    }
    const launched = await launcher.adopt(kept.workflowId, readKnobs(launcher.knobs, kept.knobs));
    return keep(id, kept.scenario, launcher, launched);
  }

  function limitTime(run: Run, timeLimitMs: number): NodeJS.Timeout {
    const reason = `the live book ends a run after ${timeLimitMs / 1_000} s`;
    const timer = setTimeout(() => {
      run.terminate(reason).catch((error) => options.onError?.(error));
    }, timeLimitMs);
    return timer.unref();
  }

  /** For the next process of this book. */
  function remember(run: Run): void {
    const { id, scenario, workflowId } = run;
    store?.keep({ id, scenario, workflowId, knobs: run.knobs() });
  }

  /** @throws Refusal when a run has ended, or has seen too many of them */
  function countAction(id: string): void {
    if (!active.has(id)) throw new Refusal(409, 'RunEnded', 'This run has ended.');
    const count = (acted.get(id) ?? 0) + 1;
    if (count > MOST_ACTIONS) {
      throw new Refusal(429, 'TooManyActions', `A run takes ${MOST_ACTIONS} actions at most.`);
    }
    acted.set(id, count);
  }

  async function find(id: string): Promise<Run> {
    const known = active.get(id) ?? ended.get(id);
    if (known) return known;
    // The readers of a page ask at the same time.
    const found = adopting.get(id) ?? adopt(id);
    adopting.set(id, found);
    return await found.finally(() => adopting.delete(id));
  }

  return {
    scenarios: Object.fromEntries(
      [...launchers].map(([name, launcher]) => [name, infoOf(launcher)]),
    ),

    async start(scenario, sentKnobs) {
      const launcher = launchers.get(scenario);
      if (!launcher) {
        const known = [...launchers.keys()].join(', ');
        throw new Refusal(400, 'UnknownScenario', `No such scenario. There is: ${known}.`);
      }
      const knobs = readKnobs(launcher.knobs, sentKnobs);
      if (active.size + launching >= maxActive) {
        throw new Refusal(
          429,
          'TooManyRuns',
          `${maxActive} runs are going on, which is as many as the live book allows. Let one end first.`,
        );
      }
      const id = randomBytes(6).toString('hex');
      // Counted before the first await: two requests at once must not both take the last place.
      launching += 1;
      try {
        const launched = await launcher.launch(id, knobs);
        const run = keep(id, scenario, launcher, launched);
        remember(run);
        return run;
      } finally {
        launching -= 1;
      }
    },

    find,

    async act(id, action, sent) {
      const run = await find(id);
      const actions = launchers.get(run.scenario)?.actions ?? {};
      const info = Object.hasOwn(actions, action) ? actions[action] : undefined;
      if (info === undefined) {
        throw new Refusal(404, 'UnknownAction', 'This scenario has no such action.');
      }
      const text = readText(info, sent);
      countAction(id);
      await run.act(action, text);
    },

    async adjust(id, sent) {
      const run = await find(id);
      const schema = launchers.get(run.scenario)?.knobs;
      if (schema === undefined) throw new Refusal(404, 'UnknownScenario', 'There is none such.');
      const moved = readMoves(schema, run.knobs(), sent);
      countAction(id);
      await run.adjust(moved);
      remember(run);
      return run;
    },
  };
}
