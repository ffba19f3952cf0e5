/**
 * Reading as the official clients do: by an update that waits in the workflow until there are items.
 * For hosts that know no read query. A poll costs two events of history besides its workflow task,
 * and a run that has closed answers none, so what was appended last can be out of reach.
 */
import { setTimeout as delay } from 'node:timers/promises';
import {
  type WorkflowClient,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  WorkflowUpdateStage,
} from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, WorkflowNotFoundError } from '@temporalio/common';
import { StreamError } from './errors.js';
import type { Item } from './log.js';
import { isTransient, persist } from './retry.js';
import { callUntilAborted } from './stop.js';
import { OFFSET_QUERY, POLL_UPDATE, type PollInput, type PollResult } from './wire.js';

/** What to poll, and how often. */
export interface PollOptions {
  client: WorkflowClient;
  workflowId: string;
  runId: string;
  topics: string[];
  /** Shortest time between two polls, in milliseconds; none after an answer that was cut short. */
  cooldown: number;
  /** Ends the call under way. */
  signal: AbortSignal;
}

/**
 * Yields every item from an offset on until the run has closed.
 *
 * @throws StreamError `ReadIncomplete` when the run closed with items that no poll can fetch
 */
export async function* poll(
  { client, workflowId, runId, topics, cooldown, signal }: PollOptions,
  from: number,
): AsyncGenerator<Item, void, undefined> {
  const handle = client.getHandle(workflowId, runId);
  const call = <T>(rpc: () => Promise<T>): Promise<T> =>
    persist(() => callUntilAborted(client.connection, signal, rpc), mayPass, signal);

  const ask = async (offset: number): Promise<PollResult> => {
    const update = await call(() =>
      handle.startUpdate<PollResult, [PollInput]>(POLL_UPDATE, {
        args: [{ topics, from_offset: offset }],
        waitForStage: WorkflowUpdateStage.ACCEPTED,
      }),
    );
    // Only the question for its result is repeated: each new update would take one of the ten places
    // that a workflow has for updates under way.
    return call(() => update.result());
  };

  for (let offset = from; ; ) {
    let page: PollResult;
    try {
      page = await ask(offset);
    } catch (error) {
      if (meansCancelled(error)) {
        await delay(AFTER_CANCEL, undefined, { signal });
        continue;
      }
      if (!meansClosed(error)) throw error;
      const end = await call(() => handle.query<number>(OFFSET_QUERY));
      if (offset < end) throw unreadable(workflowId, offset, end);
      return;
    }
    yield* page.items;
    offset = page.next_offset;
    if (!page.more_ready && cooldown > 0) await delay(cooldown, undefined, { signal });
  }
}

/** How long to leave a workflow alone that cancelled a poll together with itself, in milliseconds. */
const AFTER_CANCEL = 500;

function mayPass(error: unknown): boolean {
  // A poll whose answer is late: the SDK's own deadline, or a lost connection.
  return isTransient(error) || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError;
}

/** An official host fails its polls when the workflow is cancelled, and may yet publish. */
function meansCancelled(error: unknown): boolean {
  return error instanceof WorkflowUpdateFailedError && error.cause instanceof CancelledFailure;
}

/** A poll of a closed run finds no workflow; one that was waiting is failed by the server. */
function meansClosed(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure && cause.type === 'AcceptedUpdateCompletedWorkflow';
}

function unreadable(workflowId: string, offset: number, end: number): StreamError {
  return new StreamError(
    'ReadIncomplete',
    `Workflow "${workflowId}" closed at offset ${end}, but this subscription had read only up to ${offset}. ` +
      'Its host knows no read query, so the rest cannot be fetched any more. ' +
      'Host the stream with streambook/workflow, or keep the workflow open until its readers are done.',
  );
}
