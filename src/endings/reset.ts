import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { completionOf } from './history.js';

// #region reset-to
/**
 * Takes a workflow back to one of its workflow tasks, which is done again, and differently if the code
 * has changed. The server ends the run, and starts one that has the same history up to that task.
 * Signals that had come since are delivered to it.
 *
 * @param task - counts the workflow tasks that were completed, from 1
 */
export async function resetTo(run: WorkflowHandle, task: number): Promise<void> {
  const { client, workflowId } = run;
  const { eventId } = await completionOf(run, task);
  const { runId } = await run.describe();
  await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId, runId },
    workflowTaskFinishEventId: eventId ?? null,
    reason: 'taken back by hand',
    requestId: randomUUID(),
  });
}
// #endregion reset-to
