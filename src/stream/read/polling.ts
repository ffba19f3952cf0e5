/**
 * Reading as the official clients do: by an update that waits in the workflow until there are items.
 * For hosts that know no read query. A poll costs two events of history besides its workflow task,
 * and a run that has closed answers none, so what was appended last can be out of reach.
 */
import { setTimeout as delay } from 'node:timers/promises';
import {
  WorkflowUpdateFailedError,
  type WorkflowUpdateHandle,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  WorkflowUpdateStage,
} from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, WorkflowNotFoundError } from '@temporalio/common';
import { StreamError } from '../errors.js';
import { grpcDetails, isTransient, persist } from '../retry.js';
import { OFFSET_QUERY, POLL_UPDATE, type PollInput, type PollResult } from '../wire.js';
import { endOf } from './closing.js';
import type { ReadPage } from './cursor.js';
import type { Run, RunState } from './follow.js';
import { closingOf } from './past.js';
import type { RunOptions } from './run.js';
import { callUntilAborted } from './stop.js';

/**
 * Shortest time, in milliseconds, before a poll that was refused for a while is tried again: by a
 * workflow that is draining, or one that is cancelled.
 */
const REFUSED_WAIT = 100;

/** Asks a run for its items from an offset on; resolves when the workflow has taken the poll. */
export function startPoll(
  {
    client,
    workflowId,
    runId,
    topics,
  }: Pick<RunOptions, 'client' | 'workflowId' | 'runId' | 'topics'>,
  offset: number,
): Promise<WorkflowUpdateHandle<PollResult>> {
  const handle = client.getHandle(workflowId, runId);
  return handle.startUpdate<PollResult, [PollInput]>(POLL_UPDATE, {
    args: [{ topics, from_offset: offset }],
    waitForStage: WorkflowUpdateStage.ACCEPTED,
  });
}

/** One run, read by polls. */
export function pollingRun(options: RunOptions): Run {
  const { client, workflowId, runId, cooldown, signal } = options;
  const handle = client.getHandle(workflowId, runId);
  let hasCounted = false;
  let ending: RunState | undefined;
  let isTruncated = false;
  /** Whether the next poll need not wait for the cooldown. */
  let isHurried = true;

  const call = <T>(rpc: () => Promise<T>): Promise<T> =>
    persist(() => callUntilAborted(client.connection, signal, rpc), mayPass, signal);

  const countItems = () => call(() => handle.query<number>(OFFSET_QUERY));

  const poll = async (offset: number): Promise<PollResult> => {
    const update = await call(() => startPoll(options, offset));
    // Only the question for its result is repeated: each new update would take one of the ten places
    // that a workflow has for updates under way.
    return call(() => update.result());
  };

  const nextPage = async (offset: number): Promise<ReadPage> => {
    // 0 is never truncated: it is the start of whatever is left.
    const page = await poll(isTruncated ? 0 : offset);
    const { items, next_offset: next, more_ready: more } = page;
    const base = isTruncated ? (items[0]?.offset ?? next) : undefined;
    isTruncated = false;
    isHurried = more;
    return { items, next, more, base };
  };

  /** The run has closed. What it hands over is read from its successor; anything else is out of reach. */
  const close = async (offset: number): Promise<void> => {
    ending = endOf(await closingOf(options), options.open);
    if (ending.successor) return;
    const length = await countItems();
    if (offset < length) throw unreadable(workflowId, offset, length);
  };

  const read = async (offset: number): Promise<ReadPage> => {
    const nothing: ReadPage = { items: [], next: offset, more: false };
    if (ending) return nothing;
    if (!hasCounted) {
      // A host that knows no read query does not say how long its log is, so it is asked once.
      hasCounted = true;
      return { ...nothing, end: await countItems(), more: true };
    }
    try {
      return await nextPage(offset);
    } catch (error) {
      const type = failureType(error);
      isTruncated = type === 'TruncatedOffset';
      isHurried = isTruncated;
      if (isTruncated) return nothing;
      if (error instanceof WorkflowNotFoundError || type === 'AcceptedUpdateCompletedWorkflow') {
        await close(offset);
        return nothing;
      }
      if (type !== 'StreamDraining' && type !== 'Cancelled') throw error;
      await delay(Math.max(cooldown, REFUSED_WAIT), undefined, { signal });
      return nothing;
    }
  };

  const wait = async (): Promise<RunState> => {
    if (ending) return ending;
    if (!isHurried && cooldown > 0) await delay(cooldown, undefined, { signal });
    return { closed: false };
  };

  return { read, wait };
}

function mayPass(error: unknown): boolean {
  // A poll whose answer is late: the SDK's own deadline, or a lost connection.
  return isTransient(error) || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError;
}

/** Why a host failed or refused a poll. An official host fails those that wait when it is cancelled. */
export function failureType(error: unknown): string | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  if (cause instanceof CancelledFailure) return 'Cancelled';
  return cause instanceof ApplicationFailure ? (cause.type ?? undefined) : undefined;
}

/**
 * True when the run takes no further update: never, after 2,000 (`history.maxTotalUpdates`), or not
 * while ten are under way (`history.maxInFlightUpdates`).
 */
export function isUpdateLimit(error: unknown): boolean {
  return /limit on (the total )?number of/.test(grpcDetails(error));
}

function unreadable(workflowId: string, offset: number, end: number): StreamError {
  return new StreamError(
    'ReadIncomplete',
    `Workflow "${workflowId}" closed at offset ${end}, but this subscription had read only up to ${offset}. ` +
      'Its host knows no read query, so the rest cannot be fetched any more. ' +
      'Host the stream with streambook/workflow, or keep the workflow open until its readers are done.',
  );
}
