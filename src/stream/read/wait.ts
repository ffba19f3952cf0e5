/**
 * Waiting by an update that is parked in the workflow, for who needs news a few milliseconds sooner:
 * its answer brings the items. What is there already, and whatever a poll cannot tell, is read quietly.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { isUnavailable, persist } from '../retry.js';
import type { ReadPage } from './cursor.js';
import type { Run, RunState } from './follow.js';
import { placeOf } from './places.js';
import { failureType, isUpdateLimit, startPoll } from './polling.js';
import type { RunOptions } from './run.js';
import { callUntilAborted, callUntilDeadline } from './stop.js';

/**
 * How long a poll may take to be taken up, in milliseconds. A workflow with ten updates under way
 * takes no further one, which the client's connection hides by asking again for half a minute; and
 * nothing is read meanwhile.
 */
const ADMISSION_DEADLINE = 500;

/** How many polls in a row may fail before the rest of the run is read quietly. */
const MOST_FAILURES = 2;

/**
 * One run, read quietly as far as it has got, and by parked polls from there on.
 *
 * @param readQuietly - makes a quiet reader of the run, which begins with what is there
 */
export function parkedRun(options: RunOptions, readQuietly: () => Run): Run {
  const { client, workflowId, cooldown, signal } = options;
  const place = placeOf(client, workflowId);
  signal.addEventListener('abort', place.leave, { once: true });
  let quiet = readQuietly();
  let state: RunState = { closed: false };
  let isCaughtUp = false;
  let failures = 0;
  /** How long the log is at least. A quiet reader that begins anew looks at what was there long ago first. */
  let known = 0;
  /** Whether the next poll has to wait until there is news: the last one failed. */
  let isCautious = false;

  const park = async (offset: number): Promise<ReadPage> => {
    try {
      const page = await parkPoll(options, offset);
      failures = 0;
      known = Math.max(known, page.next);
      return page;
    } catch (error) {
      if (signal.aborted) throw error;
      place.leave();
      // The run may be over, or have forgotten the offset, or be as before: a quiet look tells.
      failures = isRefusal(error) ? MOST_FAILURES : failures + 1;
      isCaughtUp = false;
      isCautious = true;
      quiet = readQuietly();
      return { items: [], next: offset, more: false };
    }
  };

  return {
    async read(offset) {
      if (isCaughtUp) return park(offset);
      const seen = await quiet.read(offset);
      known = Math.max(known, seen.end ?? 0);
      const page = seen.end === undefined ? seen : { ...seen, end: known };
      if (page.more || state.closed) return page;
      // 0 means "wherever the log begins", so a poll from there would not tell of a gap.
      const mayPark = !isCautious && page.next > 0 && failures < MOST_FAILURES;
      isCaughtUp = mayPark && place.take();
      isCautious = false;
      return page;
    },
    async wait() {
      if (!isCaughtUp) state = await quiet.wait();
      else if (cooldown > 0) await delay(cooldown, undefined, { signal });
      return state;
    },
  };
}

async function parkPoll(options: RunOptions, offset: number): Promise<ReadPage> {
  const { connection } = options.client;
  const { signal } = options;
  const start = () => startPoll(options, offset);
  const update = await callUntilDeadline(connection, signal, ADMISSION_DEADLINE, start);
  // Once it is taken, only the question for its answer is repeated: a new poll would take one more
  // of the ten places.
  const ask = () => callUntilAborted(connection, signal, () => update.result());
  const { items, next_offset: next, more_ready: more } = await persist(ask, isLate, signal);
  return { items, next, more };
}

/** True when the answer is late, and will come. */
function isLate(error: unknown): boolean {
  return isUnavailable(error) || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError;
}

/** True when it will take a while until the workflow takes a poll again. */
function isRefusal(error: unknown): boolean {
  return failureType(error) === 'StreamDraining' || isUpdateLimit(error);
}
