/** What the live book's server says to the browser; the server's side of each type has the same name in `src/web`. */
import type { KnobInfo } from '../knob-shape.js';

/** How far a part of the live book has come; `silent` when it was ready and does not answer any more. */
export type PartState = 'starting' | 'ready' | 'restarting' | 'silent' | 'failed';

/** The live book about itself. */
export interface LiveState {
  server: { state: PartState };
  /** The worker of each scenario; one that is not here has yet to be started. */
  workers: Record<string, PartState>;
  /** Names one build of the pages. */
  build: string;
  /** Why the last build failed, when it did. */
  problem?: string;
}

/** A value for each knob, by its name. */
export type Knobs = Record<string, number | string>;

/** What there is to draw of a scenario before it runs. */
export interface ScenarioInfo {
  topics: string[];
  knobs: Record<string, KnobInfo>;
  /** Who reads a run, each at its own speed; one at least. */
  readers: string[];
  /** What may be done to a run that goes on; a text of so many characters goes with it, or none. */
  actions: Record<string, { label: string; maxLength?: number }>;
}

/** The live book about itself, and what it can run. */
export interface Health extends LiveState {
  scenarios: Record<string, ScenarioInfo>;
  /** Whether a page may end a worker as a crash would. */
  canKillWorkers: boolean;
}

/** A run, and where its events are. */
export interface RunInfo {
  id: string;
  scenario: string;
  workflowId: string;
  topics: string[];
  readers: string[];
  /** As they are in force. */
  knobs: Knobs;
  /** Path of the event stream; `?reader=` for one of several. */
  events: string;
  /** The run in Temporal's web UI, when there is one. */
  uiUrl?: string;
}

/** One item of a run's stream. */
export interface RunEvent {
  offset: number;
  topic: string;
  data: unknown;
}

/** Items that a reader will never see: from the first one up to, but without, the last offset. */
export interface Gap {
  from: number;
  to: number;
}

/** How a run ended. */
export type Outcome =
  | { status: 'completed'; result: unknown }
  | { status: 'failed' | 'cancelled' | 'terminated' | 'unknown'; message: string };
