import { randomBytes } from 'node:crypto';
import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { CostsOptions } from './events.js';
import type { officialWorkflow, oursWorkflow } from './workflow.js';

/** The task queue that the worker of this scenario polls. */
export const COSTS_TASK_QUEUE = 'costs';

// #region start
/** Whose host a workflow has. */
export type Side = 'ours' | 'official';

/** Such a workflow, told from the runs that follow it. */
export type CostsHandle = WorkflowHandleWithFirstExecutionRunId<typeof oursWorkflow>;

/** Starts a workflow that hosts a stream, under an id of its own. */
export function startHost(
  client: Client,
  side: Side,
  options: CostsOptions = {},
): Promise<CostsHandle> {
  const type: `${Side}Workflow` = `${side}Workflow`;
  return client.workflow.start<typeof oursWorkflow | typeof officialWorkflow>(type, {
    workflowId: `costs-${side}-${randomBytes(3).toString('hex')}`,
    taskQueue: COSTS_TASK_QUEUE,
    args: [options],
  }) as Promise<CostsHandle>;
}
// #endregion start
