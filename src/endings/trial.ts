import { randomBytes } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { ACK_SIGNAL, type Ending, SHIP_SIGNAL } from './events.js';
import { untilPollWaits } from './history.js';
import { type Notices, readNotices } from './read.js';
import { type Side, startShipment } from './start.js';
import type { shipment } from './workflow.js';

/** What a reader is doing when a workflow publishes its last item. */
export type ReaderState = 'waiting' | 'cooldown' | 'busy' | 'late';

/** The states, in the order of a table's columns. */
export const STATES: readonly ReaderState[] = ['waiting', 'cooldown', 'busy', 'late'];

/** What to try. */
export interface Trial {
  /** Whose package hosts the stream and reads it. */
  side: Side;
  notices: number;
  ending: Ending;
  state: ReaderState;
  /** How long the official client's pause after a poll is, in milliseconds. */
  cooldownMs: number;
  /** Ends what was begun. */
  signal?: AbortSignal;
}

/** What came of it. */
export interface Outcome {
  /** How many notices the reader got before its subscription ended. */
  received: number;
  /** How long the workflow was kept open after the last one was published, in milliseconds. */
  openMs: number;
}

/** A workflow that waits for its signal, and a reader that has not asked for anything yet. */
interface Stage {
  run: WorkflowHandle<typeof shipment>;
  reader: Notices;
  side: Side;
  /** Gets what is left, and counts it. */
  readRest(): Promise<number>;
}

// #region stagings
/** Lets the last notices be published while the reader is in that state, and counts what it got. */
const STAGINGS: Record<ReaderState, (stage: Stage) => Promise<number>> = {
  async waiting({ run, reader, side, readRest }) {
    await reader.next();
    const ship = async () => {
      // The first poll has brought the first notice. A reader of ours waits without a trace.
      if (side === 'official') await untilPollWaits(run, 2);
      await run.signal(SHIP_SIGNAL);
    };
    const [rest] = await Promise.all([readRest(), ship()]);
    return 1 + rest;
  },
  async cooldown({ run, reader, readRest }) {
    await reader.next();
    const [rest] = await Promise.all([readRest(), run.signal(SHIP_SIGNAL)]);
    return 1 + rest;
  },
  async busy({ run, reader, readRest }) {
    await reader.next();
    await run.signal(SHIP_SIGNAL);
    await run.result();
    return 1 + (await readRest());
  },
  async late({ run, readRest }) {
    await run.signal(SHIP_SIGNAL);
    await run.result();
    return readRest();
  },
};
// #endregion stagings

/** Runs a shipment of its own with one reader, and counts what the reader gets. */
export async function tryEnding(client: Client, trial: Trial): Promise<Outcome> {
  const { side, notices, ending, state, cooldownMs, signal } = trial;
  const id = randomBytes(4).toString('hex');
  const run = await startShipment(client, id, side, { notices, ending });
  const end = () => void run.terminate('Its command was stopped.').catch(() => {});
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end);
  // A reader that waits is past its cooldown.
  const cooldown = state === 'cooldown' ? cooldownMs : 0;
  const reader = readNotices(client, run.workflowId, side, cooldown);
  const readRest = async (): Promise<number> => {
    let count = 0;
    for await (const { data } of reader) {
      count++;
      if (ending.by === 'ack' && data.n === data.of) await acknowledge(run, 'the reader');
    }
    return count;
  };
  try {
    const received = await STAGINGS[state]({ run, reader, side, readRest });
    return { received, openMs: (await run.result()).openMs };
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

// #region acknowledge
/** Tells a shipment that a reader has everything, if that still matters to it. */
export async function acknowledge(run: WorkflowHandle, reader: string): Promise<void> {
  try {
    await run.signal(ACK_SIGNAL, reader);
  } catch (error) {
    // It has ended, and needs no answer.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
// #endregion acknowledge
