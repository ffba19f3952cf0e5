import type { Client, WorkflowHandle } from '@temporalio/client';
import type { TickerOptions } from './events.js';
import { tickerOptions } from './options.js';
import type { tickerWorkflow } from './workflow.js';

/** The task queue that the worker of this scenario polls. */
export const TICKER_TASK_QUEUE = 'ticker';

// #region start-ticker
/**
 * Starts a ticker under the workflow id `ticker-<id>`.
 *
 * @throws RangeError for an option that is no whole number in its range
 * @throws WorkflowExecutionAlreadyStartedError when that ticker is running
 */
export async function startTicker(
  client: Client,
  id: string,
  options: Partial<TickerOptions> = {},
): Promise<WorkflowHandle<typeof tickerWorkflow>> {
  return client.workflow.start<typeof tickerWorkflow>('tickerWorkflow', {
    workflowId: `ticker-${id}`,
    taskQueue: TICKER_TASK_QUEUE,
    args: [tickerOptions(options)],
  });
}
// #endregion start-ticker
