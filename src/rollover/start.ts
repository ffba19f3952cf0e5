/** The door of a lighthouse. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Client, WorkflowContinuedAsNewError, type WorkflowHandle } from '@temporalio/client';
import type { Logbook } from './events.js';
import type { lighthouseWorkflow } from './workflow.js';

/** The task queue that the worker of this scenario polls. */
export const ROLLOVER_TASK_QUEUE = 'rollover';

/** A lighthouse, whichever volume it is at. */
export type Lighthouse = WorkflowHandle<typeof lighthouseWorkflow>;

// #region start-lighthouse
/**
 * Starts a lighthouse under the workflow id `lighthouse-<id>`.
 *
 * @throws WorkflowExecutionAlreadyStartedError when there is or was one of that id
 */
export async function startLighthouse(
  client: Client,
  id: string,
  options: Logbook['options'] = {},
): Promise<Lighthouse> {
  const args: Parameters<typeof lighthouseWorkflow> = [{ options }];
  return start(client, id, 'lighthouseWorkflow', args);
}
// #endregion start-lighthouse

/** Starts one that never begins a new volume; the rest is as with {@link startLighthouse}. */
export function startEndless(client: Client, id: string): Promise<WorkflowHandle> {
  return start(client, id, 'endlessWorkflow');
}

/** Starts one whose volumes know nothing of each other; the rest is as with {@link startLighthouse}. */
export function startForgetful(client: Client, id: string): Promise<WorkflowHandle> {
  return start(client, id, 'forgetfulWorkflow');
}

async function start(
  client: Client,
  id: string,
  type: string,
  args: unknown[] = [],
): Promise<WorkflowHandle> {
  const workflowId = `lighthouse-${id}`;
  await client.workflow.start(type, {
    workflowId,
    taskQueue: ROLLOVER_TASK_QUEUE,
    args,
    // Another one of that id would begin at offset 0 again, where readers of the first do not look.
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
  });
  // Without a run's id, so that it means whichever run is the latest.
  return client.workflow.getHandle(workflowId);
}

// #region turn-page
/** Events of a run that has done its first task: it was started; the task was scheduled, started, done. */
const BEGUN = 4;
/** From one look at that to the next, in milliseconds. */
const LOOK_MS = 20;

/** Makes a lighthouse begin a new volume, and returns when it has. */
export async function turnPage(lighthouse: WorkflowHandle): Promise<void> {
  const { client, workflowId } = lighthouse;
  const { runId } = await lighthouse.describe();
  await lighthouse.signal('turn');
  // A handle of one run, which does not follow, learns how that run ended.
  const run = client.getHandle(workflowId, runId, { followRuns: false });
  await run.result().catch((error: unknown) => {
    if (!(error instanceof WorkflowContinuedAsNewError)) throw error;
  });
  while ((await lighthouse.describe()).historyLength < BEGUN) await delay(LOOK_MS);
}
// #endregion turn-page

/** Closes a lighthouse and returns what is left of it. */
export async function closeLighthouse(lighthouse: Lighthouse): ReturnType<Lighthouse['result']> {
  await lighthouse.signal('close');
  return lighthouse.result();
}
