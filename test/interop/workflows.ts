/** The order hosted by ours and by the official package, each open until its readers have left. */

import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import { WorkflowStream as OfficialStream } from '@temporalio/workflow-streams/workflow';
import { WorkflowStream } from 'streambook/workflow';
import type * as activities from '../../src/order/activities.js';
import type { OrderInput, Progress, Status } from '../../src/order/events.js';
import { orderWorkflow } from '../../src/order/workflow.js';

/** Tells a workflow that nobody reads it any more. */
export const leaveSignal = defineSignal('leave');

/** Resolves once the readers have left: a reader of the official client gets nothing after the end. */
function readersLeft(): Promise<void> {
  let left = false;
  setHandler(leaveSignal, () => {
    left = true;
  });
  return condition(() => left);
}

/** The order of chapter one, on our host. */
export async function ourOrder(input: OrderInput): Promise<string> {
  const result = await orderWorkflow(input);
  await readersLeft();
  return result;
}

const { chargeCard } = proxyActivities<typeof activities>({ startToCloseTimeout: '10 seconds' });

/** The same order on the official host. */
export async function officialOrder(input: OrderInput): Promise<string> {
  const { orderId } = input;
  const stream = new OfficialStream();
  const status = stream.topic<Status>('status');
  const progress = stream.topic<Progress>('progress');
  status.publish({ kind: 'received', orderId });
  const chargeId = await chargeCard(input);
  progress.publish({ message: `charge id: ${chargeId}` });
  status.publish({ kind: 'shipped', orderId });
  status.publish({ kind: 'complete', orderId });
  await readersLeft();
  return chargeId;
}

/** An official host that publishes and returns while nobody is waiting. */
export async function officialAndGone(): Promise<void> {
  new OfficialStream().topic('last').publish('too late');
}

/** Our host as `python/worker.py` has it in Python. */
export async function ourHost(): Promise<void> {
  const host = new WorkflowStream().topic('host');
  host.publish('open');
  await readersLeft();
  host.publish('closed');
}
