/**
 * Reading without leaving a trace: items by query, the wait for more by a long poll of the
 * workflow's history. Neither writes an event, and both still work when the run has closed.
 */
import { QueryNotRegisteredError } from '@temporalio/client';
import { isTransient, persist } from '../retry.js';
import { MAX_READ_BYTES } from '../size.js';
import {
  POLL_QUERY,
  type PollResult,
  READ_QUERY,
  type ReadInput,
  type ReadResult,
} from '../wire.js';
import type { ReadPage } from './cursor.js';
import type { Run } from './follow.js';
import { type News, newsOf } from './history.js';
import type { KnownHost } from './host.js';
import { describeRun, isClosed } from './past.js';
import { Patience } from './patience.js';
import type { RunOptions } from './run.js';
import { callOnce } from './share.js';

// #region quiet
/** One run, read quietly. Calls that fail for a passing reason are repeated until they succeed. */
export function quietRun(options: RunOptions, host: KnownHost): Run {
  const nextNews = newsOf(options);
  const query = queryOf(options, host);
  let news: News = { state: { closed: false }, lastTask: 0, events: 0 };
  return {
    async wait() {
      news = await nextNews();
      return news.state;
    },
    async read(offset) {
      // Before its first workflow task a run has appended nothing, and the server refuses the query.
      if (news.lastTask === 0) return nothing(offset);
      return query(offset, news);
    },
  };
}
// #endregion quiet

// #region query
/** Makes a function that asks a run for its items from an offset on, up to what the news told of. */
function queryOf(
  options: RunOptions,
  host: KnownHost,
): (offset: number, news: News) => Promise<ReadPage> {
  const { client, workflowId, runId, topics, signal } = options;
  const handle = client.getHandle(workflowId, runId);
  const patience = new Patience();

  const query = async (input: ReadInput): Promise<ReadPage> => {
    const { query: name = READ_QUERY } = host;
    try {
      return toPage(await handle.query<Answer, [ReadInput]>(name, input), topics);
    } catch (error) {
      if (name === POLL_QUERY || !isUnknownQuery(error, name)) throw error;
      host.query = POLL_QUERY;
      return query(input);
    }
  };

  return (offset, { lastTask, events, state: { closed } }) => {
    const input: ReadInput = { topics, from_offset: offset };
    // A worker that has to replay the workflow for a query applies also what no task has taken up yet.
    // The task that does may get more with it, in another order, so it is not settled. Once the
    // run is closed everything is, and as it is replayed for each page, there should be few.
    if (closed) input.max_bytes = MAX_READ_BYTES;
    else input.after_task = lastTask;
    const tryQuery = async (attempt: number): Promise<ReadPage> => {
      // A worker drops the queries that reach it as the run ends. The next news tell where to read then.
      const isRepeated = attempt > 1 && !closed;
      if (isRepeated && isClosed(await describeRun(handle, signal))) return nothing(offset);
      const began = performance.now();
      const deadline = patience.deadline(attempt, closed ? events : 0);
      const page = await callOnce(client, [runId, input], signal, deadline, () => query(input));
      patience.learn(performance.now() - began);
      return page;
    };
    return persist(tryQuery, isTransient, signal);
  };
}
// #endregion query

// #region answer
/** A page on which there is nothing. */
function nothing(offset: number): ReadPage {
  return { items: [], next: offset, more: false };
}

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
// #endregion answer
