import type { StreamReading } from 'streambook/sse';
import type { Actions } from './actions.js';
import { describeKnobs } from './knob-info.js';
import type { KnobInfo } from './knob-shape.js';
import type { KnobSchema, Knobs } from './knobs.js';

/** How a run ended. `unknown` means that Temporal could not be asked. */
export type Outcome =
  | { status: 'completed'; result: unknown }
  | { status: 'failed' | 'cancelled' | 'terminated' | 'unknown'; message: string };

/** A workflow that the live book has started, and how to follow it. */
export interface LaunchedRun {
  workflowId: string;
  /** The run in Temporal's web UI, when there is one. */
  uiUrl?: string;
  /**
   * Reads the stream from an offset until the workflow has ended and everything was read, or the signal aborts.
   *
   * @param reader - one of the scenario's readers
   */
  read(reader: string, fromOffset: number, signal: AbortSignal): AsyncIterable<StreamReading>;
  /** Settles when the workflow has ended; never rejects. */
  outcome: Promise<Outcome>;
  /** Does something to it: one of the scenario's actions. @param text - checked; empty for an action without one */
  act(action: string, text: string): Promise<void>;
  /** Its knobs as they are in force. */
  knobs(): Knobs;
  /** Moves some of its knobs, which are checked. */
  adjust(moved: Knobs): Promise<void>;
  /** Ends the workflow from outside. */
  terminate(reason: string): Promise<void>;
}

/** What a page needs to know about a scenario to draw its panel. */
export interface ScenarioInfo {
  /** The topics of its stream; also the names of its server-sent events. */
  topics: readonly string[];
  /** The knobs that may be turned. */
  knobs: Readonly<Record<string, KnobInfo>>;
  /** Who reads a run, each at its own speed; one at least. */
  readers: readonly string[];
  /** What a page may do to a run that goes on. */
  actions: Actions;
}

/** A scenario as the live book offers it. */
export interface Launcher extends Omit<ScenarioInfo, 'knobs'> {
  /** Checks its knobs, and describes them. */
  knobs: KnobSchema;
  /** A run still going on after this many milliseconds is terminated. @defaultValue that of all runs */
  timeLimitMs?: number;
  /**
   * Starts the workflow.
   *
   * @param id - the run's id, unique
   * @param knobs - a value for each of the scenario's knobs, checked
   * @throws Refusal `NotReady` before the server is up
   */
  launch(id: string, knobs: Knobs): Promise<LaunchedRun>;
  /**
   * Finds a workflow that an earlier process of this book has started.
   *
   * @throws Refusal `UnknownRun` when Temporal does not know it; `NotReady` before the server is up
   */
  adopt(workflowId: string, knobs: Knobs): Promise<LaunchedRun>;
}

/** What a page is told of a scenario. */
export function infoOf({ topics, knobs, readers, actions }: Launcher): ScenarioInfo {
  return { topics, knobs: describeKnobs(knobs), readers, actions };
}
