/**
 * A workflow that was reset: the server ends its run, and starts one that has the same history up to
 * a point and goes its own way from there. The log is the same up to that point as well, and no further.
 */
import proto from '@temporalio/proto';
import { StreamError } from '../errors.js';
import { isTransient, persist } from '../retry.js';
import { READ_QUERY, type ReadInput, type ReadResult } from '../wire.js';
import type { HistoryEvent } from './closing.js';
import type { Cursor } from './cursor.js';
import type { RunState } from './follow.js';
import { describeRun, isClosed } from './past.js';
import { isUnknownQuery } from './quiet.js';
import type { RunOptions } from './run.js';
import { callUntilDeadline } from './stop.js';

const { CONTINUE_AS_NEW_INITIATOR_WORKFLOW } = proto.temporal.api.enums.v1.ContinueAsNewInitiator;

/** How long one try of a call may take, in milliseconds. The worker replays the run for the query. */
const CALL_DEADLINE = 10_000;

/** Batches of events in a page: few, since a payload of each may be large. */
const PAGE = 20;

/**
 * The run that took over a closed run by a reset, and up to which offset its log has the same items.
 * Where the host cannot tell, that is 0.
 */
export async function resetOf(options: RunOptions): Promise<RunState | undefined> {
  const next = await resetRunOf(options);
  if (!next) return undefined;
  // The log came to this run from those before it, and the reset may have been to a point of any.
  for (let runId: string | undefined = options.runId; runId; ) {
    const parting = await partingOf({ ...options, runId }, next);
    if (parting > 1) {
      const kept = await keptBefore(options, next, parting);
      return { closed: true, successor: options.open(next), kept };
    }
    runId = await predecessorOf({ ...options, runId });
  }
  return undefined;
}

/** The run that may have taken over. */
async function resetRunOf(options: RunOptions): Promise<string | undefined> {
  const { client, workflowId, runId, past, signal } = options;
  const isKnown = past !== undefined && isClosed(past);
  const own = isKnown ? past : await describeRun(client.getHandle(workflowId, runId), signal);
  if (own.resetRunId || own.status !== 'TERMINATED') return own.resetRunId;
  // The server ends the latest run also when it resets the workflow to a point of an earlier one.
  const latest = await describeRun(client.getHandle(workflowId), signal);
  const isOfChain = latest.firstRunId !== undefined && latest.firstRunId === own.firstRunId;
  return isOfChain && latest.runId !== runId ? latest.runId : undefined;
}

/** The run that continued as new and was followed by this one. */
async function predecessorOf(options: RunOptions): Promise<string | undefined> {
  for await (const { workflowExecutionStartedEventAttributes: started } of eventsOf(options)) {
    const isContinued = started?.initiator === CONTINUE_AS_NEW_INITIATOR_WORKFLOW;
    return (isContinued && started?.continuedExecutionRunId) || undefined;
  }
  return undefined;
}

/** The id of the first event in which the histories of two runs differ. */
async function partingOf(options: RunOptions, otherRunId: string): Promise<number> {
  const other = eventsOf({ ...options, runId: otherRunId });
  let id = 0;
  for await (const event of eventsOf(options)) {
    const { value: twin } = await other.next();
    id = Number(event.eventId);
    if (!twin || !isSame(event, twin)) return id;
  }
  return id + 1;
}

function isSame(a: HistoryEvent, b: HistoryEvent): boolean {
  return (
    a.eventType === b.eventType &&
    String(a.eventTime?.seconds) === String(b.eventTime?.seconds) &&
    a.eventTime?.nanos === b.eventTime?.nanos
  );
}

/** Yields a run's history up to now, a page at a time. */
async function* eventsOf(options: RunOptions): AsyncGenerator<HistoryEvent, undefined> {
  const { client, workflowId, runId, signal } = options;
  let nextPageToken: Uint8Array | undefined;
  do {
    const ask = () =>
      client.workflowService.getWorkflowExecutionHistory({
        namespace: client.options.namespace,
        execution: { workflowId, runId },
        maximumPageSize: PAGE,
        nextPageToken,
      });
    const page = await persist(
      () => callUntilDeadline(client.connection, signal, CALL_DEADLINE, ask),
      isTransient,
      signal,
    );
    yield* page.history?.events ?? [];
    nextPageToken = page.nextPageToken;
  } while (nextPageToken?.length);
  return undefined;
}

/** The end of a run's log as it was before an event. */
async function keptBefore(options: RunOptions, runId: string, eventId: number): Promise<number> {
  const { client, workflowId, signal } = options;
  const handle = client.getHandle(workflowId, runId);
  const input: ReadInput = {
    topics: [],
    from_offset: Number.MAX_SAFE_INTEGER,
    after_task: eventId - 1,
  };
  const ask = () => handle.query<Partial<ReadResult>, [ReadInput]>(READ_QUERY, input);
  try {
    const { end_offset: end = 0 } = await persist(
      () => callUntilDeadline(client.connection, signal, CALL_DEADLINE, ask),
      isTransient,
      signal,
    );
    return end;
  } catch (error) {
    if (isUnknownQuery(error, READ_QUERY)) return 0;
    throw error;
  }
}

/**
 * Where a reader goes on after a reset.
 *
 * @param kept - up to which offset the items are the same
 * @throws StreamError `StreamReset` when it has read beyond that
 */
export function afterReset(cursor: Cursor, kept: number): Cursor {
  const { offset, end } = cursor;
  if (offset > kept) {
    throw new StreamError(
      'StreamReset',
      `The workflow was reset, and from offset ${kept} on its items were replaced: this subscription ` +
        `had read up to ${offset - 1}. Subscribe from ${kept} to read what took their place.`,
    );
  }
  // The log has the name of the run that took over, and may be shorter than it was.
  return { ...cursor, end: Math.min(end, kept), logId: undefined };
}
