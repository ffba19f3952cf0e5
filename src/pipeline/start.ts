import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { PipelineInput } from './events.js';
import type { pipelineWorkflow } from './workflow.js';

/** The task queue that the worker of this scenario polls. */
export const PIPELINE_TASK_QUEUE = 'pipeline';

/**
 * Starts a pipeline under the workflow id `pipeline-<id>`. The handle's `firstExecutionRunId` names the
 * run, under which a reader keeps its place.
 *
 * @throws WorkflowExecutionAlreadyStartedError when that pipeline is running
 */
export function startPipeline(
  client: Client,
  id: string,
  options: PipelineInput = {},
): Promise<WorkflowHandleWithFirstExecutionRunId<typeof pipelineWorkflow>> {
  return client.workflow.start<typeof pipelineWorkflow>('pipelineWorkflow', {
    workflowId: `pipeline-${id}`,
    taskQueue: PIPELINE_TASK_QUEUE,
    args: [options],
  });
}
