import type {
  RolloverReason,
  WorkflowStreamOptions,
  WorkflowStreamState,
} from 'streambook/workflow';

/** The topic of what the instruments report. */
export const READINGS = 'readings';
/** The topic on which a lighthouse says that it has begun a volume of its logbook. */
export const VOLUMES = 'volumes';

// #region events
/** What an instrument of a lighthouse reports. */
export interface Reading {
  instrument: string;
  /** An instrument counts its readings 1, 2, 3, …, so that a missing one is noticed. */
  number: number;
  value: number;
}

/** A new volume of the logbook: a new run of the workflow. */
export interface Volume {
  /** The first one is 1. */
  volume: number;
  /** Why the one before it was closed. */
  because?: RolloverReason | 'asked';
}
// #endregion events

// #region logbook
/** What is written on the first page of a volume: the input of a run. */
export interface Logbook {
  /** @defaultValue 1 */
  volume?: number;
  /** What the volume before handed over of the stream. */
  state?: WorkflowStreamState;
  because?: RolloverReason | 'asked';
  /** Whether the lighthouse was told to close. */
  isClosed?: boolean;
  /** How the stream is bounded. */
  options?: Pick<WorkflowStreamOptions, 'retain' | 'overflow'>;
}
// #endregion logbook

/** What is left when the lighthouse has closed. */
export interface Closed {
  volumes: number;
  /** The first offset that the log still holds, and how many were given out. */
  base: number;
  next: number;
}
