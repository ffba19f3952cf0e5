/**
 * Reading without leaving a trace: items by query, the wait for more by a long poll of the
 * workflow's history. Neither writes an event, and both still work when the run has closed.
 */
import { isGrpcDeadlineError, QueryNotRegisteredError } from '@temporalio/client';
import proto from '@temporalio/proto';
import { isTooLargeToReceive, isTransient, persist } from '../retry.js';
import {
  POLL_QUERY,
  type PollResult,
  READ_QUERY,
  type ReadInput,
  type ReadResult,
} from '../wire.js';
import { endOf, type HistoryEvent, isClosing } from './closing.js';
import type { ReadPage } from './cursor.js';
import type { Run, RunState } from './follow.js';
import type { RunOptions } from './run.js';
import { callUntilAborted } from './stop.js';

const { EventType } = proto.temporal.api.enums.v1;

/**
 * Longest that one long poll may take, in milliseconds. The server answers after 20 s at the latest
 * (`history.longPollExpirationInterval`), so only a lost connection takes longer.
 */
const LONG_POLL_DEADLINE = 60_000;

/**
 * How long the first try of a query may take, in milliseconds, while the run goes on and after it
 * has closed; each further try gets twice as long, up to the longest. An open run answers from memory,
 * but a query that reaches its worker while it ends can be dropped there ("leftover buffered tasks
 * when evicting run"), and the server would wait 30 s for the answer. A closed run is replayed.
 */
const OPEN_DEADLINE = 2_000;
const CLOSED_DEADLINE = 10_000;
const LONGEST_DEADLINE = 60_000;

/** Most batches of events asked for at once. */
const HISTORY_PAGE = 200;

/**
 * Bytes of history to aim at with one page: a quarter of the 4 MiB that a gRPC client accepts, since
 * events differ in size. A page that is too large is told late, after the connection's own retries, so
 * a page of the past that takes longer than this (in milliseconds) is asked for again by halves.
 */
const PAGE_BYTES = 1024 * 1024;
const PAST_DEADLINE = 3_000;

// #region quiet
/** One run, read quietly. Calls that fail for a passing reason are repeated until they succeed. */
export function quietRun(options: RunOptions): Run {
  const { client, workflowId, runId, past, topics, signal, open } = options;
  const handle = client.getHandle(workflowId, runId);
  let nextPageToken: Uint8Array | undefined;
  let maximumPageSize = pageSize(past);
  let eventsSeen = 0;
  /** The event that completed the last workflow task. */
  let lastTask = 0;
  let hasClosed = false;
  let queryName = READ_QUERY;

  /** One call that the signal and a deadline (in milliseconds from now) can end. */
  const call = <T>(deadline: number, rpc: () => Promise<T>): Promise<T> => {
    const { connection } = client;
    const timed = () => connection.withDeadline(Date.now() + deadline, rpc);
    return callUntilAborted(connection, signal, timed);
  };

  const query = async (offset: number): Promise<ReadPage> => {
    const input: ReadInput = { topics, from_offset: offset };
    // A worker that has to replay the workflow for a query applies also what no task has taken up yet.
    // The task that does may get more with it, in another order, so it is not settled. Once the
    // run is closed everything is.
    if (!hasClosed) input.after_task = lastTask;
    try {
      return toPage(await handle.query<Answer, [ReadInput]>(queryName, input), topics);
    } catch (error) {
      if (queryName === POLL_QUERY || !isUnknownQuery(error, queryName)) throw error;
      queryName = POLL_QUERY;
      return query(offset);
    }
  };

  const read = async (offset: number): Promise<ReadPage> => {
    // Before its first workflow task a run has appended nothing, and the server refuses the query.
    if (lastTask === 0) return { items: [], next: offset, more: false };
    const tryQuery = (attempt: number) => {
      const first = hasClosed ? CLOSED_DEADLINE : OPEN_DEADLINE;
      const deadline = Math.min(first * 2 ** (attempt - 1), LONGEST_DEADLINE);
      return call(deadline, () => query(offset));
    };
    return persist(tryQuery, isTransient, signal);
  };

  const pollHistory = async (): Promise<HistoryEvent[]> => {
    const page = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId, runId },
      waitNewEvent: true,
      nextPageToken,
      maximumPageSize,
    });
    nextPageToken = page.nextPageToken;
    return page.history?.events ?? [];
  };

  const nextEvents = async (): Promise<HistoryEvent[]> => {
    const isPast = eventsSeen < past.events;
    try {
      return await call(isPast ? PAST_DEADLINE : LONG_POLL_DEADLINE, pollHistory);
    } catch (error) {
      const isTooMuch = isTooLargeToReceive(error) || (isPast && isGrpcDeadlineError(error));
      if (isTooMuch) maximumPageSize = Math.ceil(maximumPageSize / 2);
      throw error;
    }
  };

  // A page of one batch that is still too large will never pass.
  const mayPass = (error: unknown): boolean =>
    isTransient(error) || (isTooLargeToReceive(error) && maximumPageSize > 1);

  const wait = async (): Promise<RunState> => {
    for (let news = false; ; ) {
      const events = await persist(nextEvents, mayPass, signal);
      eventsSeen += events.length;
      for (const event of events.filter(bringsNews)) {
        news = true;
        lastTask = Number(event.eventId);
      }
      const closing = events.find(isClosing);
      if (closing) {
        hasClosed = true;
        return endOf(closing, open);
      }
      if (news && eventsSeen >= past.events) return { closed: false };
    }
  };

  return { read, wait };
}

/**
 * Only a completed workflow task can have appended to the log. Asking again at every event would
 * send the server a query for each signal, activity and timer as well; it holds queries back while
 * a task is under way, and eight readers were enough to flood it.
 */
function bringsNews({ eventType }: HistoryEvent): boolean {
  return eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
}
// #endregion quiet

/** What a host answers: one in Python leaves out what only ours adds. */
type Answer = PollResult & Partial<ReadResult>;

function toPage(answer: Answer, topics: readonly string[]): ReadPage {
  const { items, next_offset: next, more_ready: more } = answer;
  // Without a filter there are no holes in what is left, so the first item shows where it begins.
  const { base_offset: base = topics.length === 0 ? items[0]?.offset : undefined } = answer;
  return { items, next, more, base, end: answer.end_offset, logId: answer.log_id };
}

/**
 * True when the host does not know a query. The client reports every query that fails in the workflow
 * as one that is not registered; only of that one does the host tell the name, in every SDK.
 */
export function isUnknownQuery(error: unknown, name: string): boolean {
  return error instanceof QueryNotRegisteredError && error.message.includes(name);
}

function pageSize({ events, bytes }: RunOptions['past']): number {
  const fitting = Math.floor((PAGE_BYTES * events) / Math.max(bytes, 1));
  return Math.min(Math.max(fitting, 1), HISTORY_PAGE);
}
