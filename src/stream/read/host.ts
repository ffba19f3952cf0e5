/** Finds out how a host can be read, and remembers it. */
import type { WorkflowHandle } from '@temporalio/client';
import { StreamError } from '../errors.js';
import { POLL_QUERY, READ_QUERY } from '../wire.js';
import type { ReadPage } from './cursor.js';
import type { Run, RunState } from './follow.js';
import { pollingRun } from './polling.js';
import { isUnknownQuery, quietRun } from './quiet.js';
import { resetOf } from './reset.js';
import type { RunOptions } from './run.js';
import { parkedRun } from './wait.js';

/** What readers have found out about a host. */
export interface KnownHost {
  /** The run in which they did. */
  runId: string;
  /** The query by which it is read; undefined when it knows none, and has to be polled. */
  query: string | undefined;
}

const hosts = new WeakMap<WorkflowHandle, KnownHost>();

/**
 * What other subscriptions of the same client know of the host of a run. A workflow may switch
 * implementation when it continues as new, so what one run's host could not may be possible in the
 * next: who starts there finds out anew. A subscription that is under way does not, and asks the
 * hosts of later runs as it asked the first: every implementation answers a poll, and what a poll
 * cannot get at the very end is asked for by query once more.
 */
export function knownHost(handle: WorkflowHandle, runId: string): KnownHost {
  const known = hosts.get(handle);
  if (known?.runId === runId) return known;
  const fresh = { runId, query: READ_QUERY };
  hosts.set(handle, fresh);
  return fresh;
}

/** Reads by query; or by polls, from when the host turns out to know no read query. */
export function adaptiveRun(options: RunOptions, host: KnownHost): Run {
  const readQuietly = () => quietRun(options, host);
  const readByQuery = () =>
    options.wait === 'update' ? parkedRun(options, readQuietly) : readQuietly();
  /** Whether this very run has been asked by query. */
  let isTried = host.query !== undefined;
  let run = isTried ? readByQuery() : pollingRun(options);
  let reset: RunState | undefined;

  /** After a reset, what this run still has is no longer of the stream. */
  const isReset = async (): Promise<boolean> => {
    reset ??= await resetOf(options);
    return reset !== undefined;
  };

  /** What to do about a failed read that another way of reading may save. */
  const readOtherwise = async (offset: number, error: unknown): Promise<ReadPage> => {
    const nothing = { items: [], next: offset, more: false };
    if (isUnknownQuery(error, POLL_QUERY)) {
      host.query = undefined;
      run = pollingRun(options);
      return run.read(offset);
    }
    if (!(error instanceof StreamError) || error.type !== 'ReadIncomplete') throw error;
    if (await isReset()) return nothing;
    if (isTried) throw error;
    isTried = true;
    host.query = READ_QUERY;
    run = readByQuery();
    return nothing;
  };

  return {
    async read(offset) {
      if (reset) return { items: [], next: offset, more: false };
      return run.read(offset).catch((error) => readOtherwise(offset, error));
    },
    async wait() {
      const state = await run.wait();
      const isOver = state.closed && !state.successor;
      return isOver && (await isReset()) ? (reset ?? state) : state;
    },
  };
}
