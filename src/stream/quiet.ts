/**
 * Reading without leaving a trace: items by query, the wait for more by a long poll of the
 * workflow's history. Neither writes an event, and both still work when the run has closed.
 */
import type { WorkflowClient } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';
import type { Page } from './log.js';
import { isTransient, isTransientRead, persist } from './retry.js';
import { stoppably } from './stop.js';
import type { Run, RunState } from './subscriber.js';
import { READ_QUERY, type ReadInput, type ReadResult } from './wire.js';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const { EventType } = proto.temporal.api.enums.v1;

/** The events that end a run. */
const CLOSING: ReadonlySet<unknown> = new Set([
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
]);

/**
 * Longest that one long poll may take, in milliseconds. The server answers after 20 s at the latest
 * (`history.longPollExpirationInterval`), so only a lost connection takes longer.
 */
const LONG_POLL_DEADLINE = 60_000;

/**
 * How long the first try of a query may take, in milliseconds; each further try gets twice as long,
 * up to the longest. A query that reaches a worker while the workflow ends can be dropped there
 * ("leftover buffered tasks when evicting run"), and the server would wait for its answer for 30 s.
 * A long deadline is needed as well: a closed run is replayed for the answer.
 */
const QUERY_DEADLINE = 2_000;
const LONGEST_QUERY_DEADLINE = 60_000;

/** What to read, and from which run. */
export interface QuietReadOptions {
  client: WorkflowClient;
  workflowId: string;
  runId: string;
  /** Topics to return; an empty list means all. */
  topics: string[];
  /** Ends every call under way. */
  signal: AbortSignal;
}

// #region quiet
/** One run, read quietly. Calls that fail for a passing reason are repeated until they succeed. */
export function quietRun(options: QuietReadOptions): Run {
  const { client, workflowId, runId, topics, signal } = options;
  const handle = client.getHandle(workflowId, runId);
  let seen: Uint8Array | undefined;
  let hasWorked = false;

  /** One call that the signal and a deadline (in milliseconds from now) can end. */
  const call = <T>(deadline: number, rpc: () => Promise<T>): Promise<T> => {
    const { connection } = client;
    const timed = () => connection.withDeadline(Date.now() + deadline, rpc);
    return stoppably(connection, signal, timed);
  };

  const query = async (offset: number): Promise<Page> => {
    const input: ReadInput = { topics, from_offset: offset };
    const page = await handle.query<ReadResult, [ReadInput]>(READ_QUERY, input);
    return { items: page.items, next: page.next_offset, more: page.more_ready };
  };

  const read = async (offset: number): Promise<Page> => {
    // Before its first workflow task a run has appended nothing, and the server refuses the query.
    if (!hasWorked) return { items: [], next: offset, more: false };
    const tryQuery = (attempt: number) => {
      const deadline = Math.min(QUERY_DEADLINE * 2 ** (attempt - 1), LONGEST_QUERY_DEADLINE);
      return call(deadline, () => query(offset));
    };
    return persist(tryQuery, isTransientRead, signal);
  };

  const nextEvents = async (): Promise<HistoryEvent[]> => {
    const page = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId, runId },
      waitNewEvent: true,
      nextPageToken: seen,
    });
    seen = page.nextPageToken;
    return page.history?.events ?? [];
  };

  const wait = async (): Promise<RunState> => {
    for (;;) {
      const events = await persist(() => call(LONG_POLL_DEADLINE, nextEvents), isTransient, signal);
      const news = events.some(bringsNews);
      hasWorked ||= news;
      const closing = events.find((event) => CLOSING.has(event.eventType));
      if (closing) return { closed: true, successor: successor(closing, options) };
      if (news) return { closed: false };
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

function successor(closing: HistoryEvent, options: QuietReadOptions): Run | undefined {
  const runId = closing.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  return runId ? quietRun({ ...options, runId }) : undefined;
}
