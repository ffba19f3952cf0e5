import type { Client, WorkflowHandle } from '@temporalio/client';
import type { OrderInput } from './events.js';
import type { orderWorkflow } from './workflow.js';

/** The task queue that the worker of this scenario polls. */
export const ORDER_TASK_QUEUE = 'order';

// #region start-order
/**
 * Starts an order under the workflow id `order-<orderId>`.
 *
 * @throws WorkflowExecutionAlreadyStartedError when that order is running
 */
export function startOrder(
  client: Client,
  orderId: string,
  options: Omit<OrderInput, 'orderId'> = {},
): Promise<WorkflowHandle<typeof orderWorkflow>> {
  return client.workflow.start<typeof orderWorkflow>('orderWorkflow', {
    workflowId: `order-${orderId}`,
    taskQueue: ORDER_TASK_QUEUE,
    args: [{ orderId, ...options }],
  });
}
// #endregion start-order
