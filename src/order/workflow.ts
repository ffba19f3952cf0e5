import { proxyActivities } from '@temporalio/workflow';
import { WorkflowStream } from 'streambook/workflow';
import type * as activities from './activities.js';
import type { OrderInput, Progress, Status } from './events.js';

// #region order-workflow
const { chargeCard } = proxyActivities<typeof activities>({ startToCloseTimeout: '5 seconds' });

/**
 * Takes an order through payment and shipping, and tells its stream at every step.
 *
 * @returns the id of the charge
 */
export async function orderWorkflow(input: OrderInput): Promise<string> {
  const { orderId } = input;
  const stream = new WorkflowStream();
  const status = stream.topic<Status>('status');
  const progress = stream.topic<Progress>('progress');

  status.publish({ kind: 'received', orderId });
  const chargeId = await chargeCard(input);
  progress.publish({ message: `charge id: ${chargeId}` });
  status.publish({ kind: 'shipped', orderId });
  status.publish({ kind: 'complete', orderId });
  return chargeId;
}
// #endregion order-workflow
