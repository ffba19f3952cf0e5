/** Reads a workflow's stream in the best way that its host allows. */
import { QueryNotRegisteredError, type WorkflowHandle } from '@temporalio/client';
import type { Item } from './log.js';
import { poll } from './polling.js';
import { quietRun } from './quiet.js';
import { isTransient, persist } from './retry.js';
import { callUntilAborted } from './stop.js';
import { follow } from './subscriber.js';
import { READ_QUERY } from './wire.js';

/** What to read. */
export interface ReadingOptions {
  /** The workflow that hosts the stream. */
  handle: WorkflowHandle;
  /** Topics to return; an empty list means all. */
  topics: string[];
  /** The first offset wanted. */
  from: number;
  /** Shortest time between two polls, in milliseconds, where polling is needed. */
  cooldown: number;
  /** Ends every call under way. */
  signal: AbortSignal;
}

// #region read-stream
/**
 * Yields the items of a workflow's stream until it ends: by query, or by polls when the host turns
 * out to know no read query. The run is fixed at the start, so that a new workflow under the same
 * id is never mistaken for the old one.
 */
export async function* readStream(options: ReadingOptions): AsyncGenerator<Item, void, undefined> {
  const { handle, topics, cooldown, signal } = options;
  const { client, workflowId } = handle;
  const describe = () => callUntilAborted(client.connection, signal, () => handle.describe());
  const { runId, historyLength, historySize = 0 } = await persist(describe, isTransient, signal);
  const past = { events: historyLength, bytes: historySize };
  const source = { client, workflowId, runId, past, topics, cooldown, signal };
  // Where a poll would have to begin, if this host should turn out to know no read query.
  let next = options.from;
  try {
    for await (const item of follow(quietRun(source), next)) {
      yield item;
      next = item.offset + 1;
    }
  } catch (error) {
    if (!isUnknownQuery(error)) throw error;
    yield* poll(source, next);
  }
}
// #endregion read-stream

/**
 * True when the host knows no read query. The client reports every query that fails in the workflow
 * as one that is not registered; only of that one does the host tell the name, in every SDK.
 */
function isUnknownQuery(error: unknown): boolean {
  return error instanceof QueryNotRegisteredError && error.message.includes(READ_QUERY);
}
