import type { Client, WorkflowHandle } from '@temporalio/client';
import { ADJUST, type Forgetting, type TickerOptions } from './events.js';
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

// #region adjust-ticker
/**
 * Has a ticker forget otherwise from now on.
 *
 * @param wanted - what is to change; the rest stays
 * @throws RangeError for a number that is not whole, or not in its range
 * @throws WorkflowNotFoundError when the ticker is done, or never was
 */
export async function adjustTicker(
  ticker: Pick<WorkflowHandle, 'signal'>,
  wanted: Partial<Forgetting>,
): Promise<void> {
  tickerOptions(wanted);
  await ticker.signal(ADJUST, wanted);
}
// #endregion adjust-ticker
