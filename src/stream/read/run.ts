/** One run of a workflow, read in the best way that its host allows. */
import type { WorkflowClient, WorkflowHandle } from '@temporalio/client';
import { isTransient, persist } from '../retry.js';
import { POLL_QUERY } from '../wire.js';
import type { Run } from './follow.js';
import { pollingRun } from './polling.js';
import { isUnknownQuery, quietRun } from './quiet.js';
import { callUntilAborted } from './stop.js';

// #region options
/** What to read. */
export interface ReadingOptions {
  /** Topics to return; an empty list means all. */
  topics: string[];
  /** Shortest time between two polls, in milliseconds, where polling is needed. */
  cooldown: number;
  /** Ends every call under way. */
  signal: AbortSignal;
}

/** What to read, and from which run. */
export interface RunOptions extends ReadingOptions {
  client: WorkflowClient;
  workflowId: string;
  runId: string;
  /** What its history was just now, in events and bytes: the past, which is paged through once. */
  past: { events: number; bytes: number };
  /** Makes the run that takes over. */
  open(runId: string): Run;
}
// #endregion options

// #region open-run
/**
 * The run that a handle means now: the one that it names, or the latest. From here on runs are
 * addressed by their own ids, so that a new workflow under the same id is never mistaken for the old.
 */
export async function openRun(handle: WorkflowHandle, options: ReadingOptions): Promise<Run> {
  const { client, workflowId } = handle;
  const { signal } = options;
  const describe = () => callUntilAborted(client.connection, signal, () => handle.describe());
  const { runId, historyLength, historySize = 0 } = await persist(describe, isTransient, signal);
  const open = (id: string, past = { events: 0, bytes: 0 }): Run =>
    adaptiveRun({ ...options, client, workflowId, runId: id, past, open });
  return open(runId, { events: historyLength, bytes: historySize });
}

/** Reads by query; or by polls, from when the host turns out to know no read query. */
function adaptiveRun(options: RunOptions): Run {
  let run = quietRun(options);
  return {
    async read(offset) {
      try {
        return await run.read(offset);
      } catch (error) {
        if (!isUnknownQuery(error, POLL_QUERY)) throw error;
        run = pollingRun(options);
        return run.read(offset);
      }
    },
    wait: () => run.wait(),
  };
}
// #endregion open-run
