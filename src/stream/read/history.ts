/** Waits for news of a run by a long poll of its history, which writes nothing and outlives the run. */
import { isGrpcDeadlineError } from '@temporalio/client';
import proto from '@temporalio/proto';
import { isTooLargeToReceive, isTransient, persist } from '../retry.js';
import { endOf, type HistoryEvent, isClosing } from './closing.js';
import type { RunState } from './follow.js';
import { closingOf, describeRun, isClosed } from './past.js';
import type { RunOptions } from './run.js';
import { callOnce } from './share.js';

// #region limits
const { HistoryEvent: HistoryEventType } = proto.temporal.api.history.v1;

/**
 * Longest that one long poll may take, in milliseconds. The server answers after 20 s at the latest
 * (`history.longPollExpirationInterval`), so only a lost connection takes longer.
 */
const LONG_POLL_DEADLINE = 60_000;

/** Most batches of events asked for at once. A batch is what one transaction of the server wrote. */
const HISTORY_PAGE = 200;

/**
 * Bytes of history to aim at with one page: a quarter of the 4 MiB that a gRPC client accepts, since
 * events differ in size. A page that is too large is told late, after the connection's own retries, so
 * a page of the past that takes longer than this (in milliseconds) is asked for again by halves.
 */
const PAGE_BYTES = 1024 * 1024;
const PAST_DEADLINE = 3_000;

/**
 * Batches that a reader asks for first, to see whether a workflow task was ever completed: the beginning
 * of the run, and the start and the end of a task.
 */
const FIRST_PAGE = 3;

/**
 * Batches that a reader asks for while nothing is known of their size: two of the largest, with 2 MB
 * each, still fit.
 */
const LIVE_PAGE = 2;

/**
 * How many batches to ask for next: twice as many while a page comes back full and small, so that a
 * burst is soon read, and few again when it has passed.
 *
 * @param size - how many were asked for
 * @param page - how many events came, and their bytes
 */
export function nextPageSize(size: number, page: { events: number; bytes: number }): number {
  if (page.events < size || page.bytes > PAGE_BYTES) return LIVE_PAGE;
  const fits = page.bytes * 4 <= PAGE_BYTES;
  return Math.min(Math.max(fits ? size * 2 : size, LIVE_PAGE), HISTORY_PAGE);
}

function bytesOf(events: readonly HistoryEvent[]): number {
  return events.reduce((sum, event) => sum + HistoryEventType.encode(event).len, 0);
}
// #endregion limits

// #region news
const { EventType } = proto.temporal.api.enums.v1;

/** What a reader learns from a run's history. */
export interface News {
  /** Whether the run goes on. */
  state: RunState;
  /** An event up to which every workflow task is done: the one that completed the last, or a later one. */
  lastTask: number;
  /** How long the history is, as far as it is known. */
  events: number;
}

/**
 * Only a completed workflow task can have appended to the log. Asking again at every event would
 * send the server a query for each signal, activity and timer as well; it holds queries back while
 * a task is under way, and eight readers were enough to flood it.
 */
function bringsNews({ eventType }: HistoryEvent): boolean {
  return eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
}
// #endregion news

// #region next-news
/** Makes a function that waits for the next news of a run; the first are all those of its past. */
export function newsOf(options: RunOptions): () => Promise<News> {
  const { client, workflowId, runId, signal, open } = options;
  let { past } = options;
  let nextPageToken: Uint8Array | undefined;
  let maximumPageSize = FIRST_PAGE;
  let eventsSeen = 0;
  let lastTask = 0;
  /** Up to which event the reader has been told of news. */
  let told = 0;

  const nextEvents = async (isPast: boolean): Promise<HistoryEvent[]> => {
    const deadline = isPast ? PAST_DEADLINE : LONG_POLL_DEADLINE;
    const place = { execution: { workflowId, runId }, nextPageToken, maximumPageSize };
    const question = [runId, maximumPageSize, String(nextPageToken)];
    const poll = () =>
      client.workflowService.getWorkflowExecutionHistory({
        ...place,
        namespace: client.options.namespace,
        waitNewEvent: true,
      });
    try {
      const page = await callOnce(client, question, signal, deadline, poll);
      nextPageToken = page.nextPageToken;
      return page.history?.events ?? [];
    } catch (error) {
      const isTooMuch = isTooLargeToReceive(error) || (isPast && isGrpcDeadlineError(error));
      if (isTooMuch) maximumPageSize = Math.ceil(maximumPageSize / 2);
      throw error;
    }
  };

  // A page of one batch that is still too large will never pass.
  const mayPass = (error: unknown): boolean =>
    isTransient(error) || (isTooLargeToReceive(error) && maximumPageSize > 1);

  return async () => {
    past ??= await describeRun(client.getHandle(workflowId, runId), signal);
    const began = past;
    const news = (state: RunState): News => {
      const events = Math.max(eventsSeen, began.events);
      return { state, lastTask, events };
    };
    for (;;) {
      const isPast = eventsSeen < began.events;
      const events = await persist(() => nextEvents(isPast), mayPass, signal);
      eventsSeen += events.length;
      maximumPageSize = nextPageSize(maximumPageSize, {
        events: events.length,
        bytes: bytesOf(events),
      });
      for (const event of events.filter(bringsNews)) lastTask = Number(event.eventId);
      const closing = events.find(isClosing);
      if (closing) return news(endOf(closing, open));
      // #region since-6
      // #region read-first
      if (eventsSeen < began.events) {
        if (lastTask === 0 || told > 0) continue;
        if (isClosed(began)) return news(endOf(await closingOf(options), open));
        // What is there can be read before the rest of the past is paged through: every task that was
        // completed then, and no task that had only started, which would be the very last event. (If that
        // completed a task, a worker that replays the run counts the task's items to it. The next news,
        // which looks once more, has them.)
        told = began.events - 1;
        return { ...news({ closed: false }), lastTask: told };
      }
      // #endregion read-first
      // #endregion since-6
      if (lastTask <= told) continue;
      told = lastTask;
      return news({ closed: false });
    }
  };
}
// #endregion next-news
