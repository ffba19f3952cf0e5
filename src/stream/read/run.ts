/** One run of a workflow, read in the best way that its host allows. */
import type { WorkflowClient, WorkflowHandle } from '@temporalio/client';
import { readAhead } from './ahead.js';
import type { Run } from './follow.js';
import { adaptiveRun, knownHost } from './host.js';
import { describeRun, type Past } from './past.js';

// #region options
/** What to read. */
export interface ReadingOptions {
  /** Topics to return; an empty list means all. */
  topics: string[];
  /** How to wait for news. */
  wait: 'quiet' | 'update';
  /** Shortest time between two polls, in milliseconds. */
  cooldown: number;
  /** Ends every call under way. */
  signal: AbortSignal;
}

/** What to read, and from which run. */
export interface RunOptions extends ReadingOptions {
  client: WorkflowClient;
  workflowId: string;
  runId: string;
  /** What the run was just now; without it, the server is asked. */
  past?: Past;
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
  const past = await describeRun(handle, options.signal);
  const known = knownHost(handle, past.runId);
  const open = (runId: string): Run =>
    adaptiveRun({ ...options, client, workflowId, runId, open }, known);
  const first = { ...options, client, workflowId, runId: past.runId, past, open };
  return readAhead(adaptiveRun(first, known));
}
// #endregion open-run
