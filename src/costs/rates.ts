/**
 * What one batch costs. A batch is one signal, for which the server schedules one workflow task; that is
 * an upper bound, since signals that arrive while a task is under way share the next one.
 */
import type { Plan } from './plan.js';

// #region events
/** What a thing writes into the history, in events (https://docs.temporal.io/references/events). */
export const EVENTS = {
  /** Workflow execution signaled. */
  signal: 1,
  /** Workflow task scheduled, started, completed. */
  task: 3,
  /** Update accepted, update completed. */
  update: 2,
  /** Workflow execution started, and its first workflow task. */
  start: 4,
};

/** Calls of one quiet reader for one batch, counted by test/costs/agreement.server.test.ts. */
export const QUIET = {
  /** One read when the workflow task has completed. */
  queries: 1,
  /** A long poll is answered for each write of the server: signal and task scheduled; started; completed. */
  longPolls: 3,
};
// #endregion events

/** A long poll that waits in vain is answered after so many seconds (`history.longPollExpirationInterval`). */
export const LONG_POLL_SECONDS = 20;

/**
 * Bytes of history beside the items, measured by test/costs/agreement.server.test.ts on server 1.29: of a
 * signal with its workflow task, of a workflow task alone, and of an update, accepted and completed.
 */
export const HISTORY_BYTES = { batch: 575, task: 390, update: 435 };

/** What a payload takes beside its JSON in bytes: its encoding's name, and three length prefixes. */
const PAYLOAD_BYTES = 27;
/** What is around an item in JSON, with a topic of five letters. */
const FRAME_BYTES = 27;

/** The JSON that an item takes in a batch, in bytes: its payload in base64 and what is around it. */
export function wireBytes(itemBytes: number): number {
  return Math.ceil((itemBytes + PAYLOAD_BYTES) / 3) * 4 + FRAME_BYTES;
}

/** Most bytes of items in one signal of ours; larger batches are cut. Official clients cut none. */
export const BATCH_LIMIT_BYTES = 1_000_000;

// #region per-second
/** What happens in a second. */
export interface Rates {
  items: number;
  signals: number;
  updates: number;
  queries: number;
  longPolls: number;
  events: number;
  historyBytes: number;
  /** What the log grows by, in bytes, while it keeps everything. */
  logBytes: number;
}

/** What a plan comes to in a second. */
export function ratesOf(plan: Plan): Rates {
  const { intervalMs, itemsPerSecond: items, wait } = plan;
  const batches = Math.min(items, 1_000 / intervalMs);
  const logBytes = items * wireBytes(plan.itemBytes);
  const cuts = wait === 'official' ? 1 : Math.ceil(logBytes / batches / BATCH_LIMIT_BYTES);
  const signals = batches * cuts;
  const readers = subscriptionsOf(plan);
  const isQuiet = wait === 'quiet';
  const updates = isQuiet ? 0 : signals * readers;
  // Polls that come together are accepted in one workflow task, and completed in that of the signal.
  const polls = updates > 0 ? signals : 0;
  return {
    items,
    signals,
    updates,
    queries: isQuiet ? signals * readers * QUIET.queries : 0,
    longPolls: isQuiet ? readers * (signals * QUIET.longPolls + 1 / LONG_POLL_SECONDS) : 0,
    events: signals * (EVENTS.signal + EVENTS.task) + polls * EVENTS.task + updates * EVENTS.update,
    historyBytes:
      signals * HISTORY_BYTES.batch +
      polls * HISTORY_BYTES.task +
      updates * HISTORY_BYTES.update +
      // What is published is in the signal, and once more in each answer to a poll.
      logBytes * (isQuiet ? 1 : 1 + readers),
    logBytes,
  };
}
// #endregion per-second

/** How many subscriptions the readers come to. */
export function subscriptionsOf({ readers, relays }: Plan): number {
  return relays > 0 ? Math.min(relays, readers) : readers;
}
