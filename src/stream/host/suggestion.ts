/** When a run has done enough, so that its workflow should continue as new. */
import { MAX_INPUT_BYTES } from '../size.js';

// #region counts
/** Why a run should make way for its successor: what it has nearly used up. */
export type RolloverReason = 'history' | 'updates' | 'signals' | 'log';

/** What a run has used so far. */
export interface RunCounts {
  /** Whether the server suggests a new run: by default from 4,096 events, 4 MiB or 1,800 updates on. */
  isSuggested: boolean;
  /** Whether it did so in the run's first task already. */
  begunSuggested: boolean;
  /** Events of history. */
  events: number;
  /** Bytes of history, and how many of them there were in the first task: its input, above all. */
  bytes: number;
  begunBytes: number;
  /** Publish signals taken. */
  signals: number;
  /** Polls taken. The workflow's own updates are counted by the server only. */
  updates: number;
  /** Bytes of the log, and how many of them the run before handed over. */
  logBytes: number;
  carriedBytes: number;
}
// #endregion counts

// #region reason
/**
 * Temporal's limits for one run (https://docs.temporal.io/workflow-execution/limits), of which the
 * server itself holds a run to those of `history.*` and `limit.history*`.
 */
const MAX_SIGNALS = 10_000;
const MAX_UPDATES = 2_000;
const MAX_EVENTS = 51_200;
const MAX_BYTES = 50 * 1024 * 1024;

/** The part of a limit at which a run makes way: as much as the server's own for updates. */
const ENOUGH = 0.9;

/**
 * Tells why a run should make way for its successor now, or `undefined` while it need not.
 *
 * A rollover does not make the log shorter. So a log that can hardly be carried is a reason once it has
 * grown by a quarter of what a run's input holds: a run that begins with such a log goes on. So does one
 * for which the server suggests a successor from the start, since its successor would begin the same way.
 *
 * A workflow decides by this, so other numbers here would break the replay of runs under way.
 */
export function rolloverReason(run: RunCounts): RolloverReason | undefined {
  const { events, bytes, signals, updates, logBytes, carriedBytes } = run;
  if (signals >= ENOUGH * MAX_SIGNALS) return 'signals';
  if (updates >= ENOUGH * MAX_UPDATES) return 'updates';
  const isHalfNew = bytes >= 2 * run.begunBytes;
  if (run.isSuggested && (isHalfNew || !run.begunSuggested)) return 'history';
  if (events >= ENOUGH * MAX_EVENTS || bytes >= ENOUGH * MAX_BYTES) return 'history';
  const isNearlyFull = logBytes >= (3 / 4) * MAX_INPUT_BYTES;
  const hasGrown = logBytes - carriedBytes >= MAX_INPUT_BYTES / 4;
  return isNearlyFull && hasGrown ? 'log' : undefined;
}
// #endregion reason
