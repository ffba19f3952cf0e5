/** The payment as an application with the official client has it. */
import { WorkflowStreamClient } from '@temporalio/workflow-streams/client';
import type { OrderInput, Progress } from '../../src/order/events.js';

/** Publishes what `chargeCard` of chapter one publishes, through the official client. */
export async function chargeCard({ orderId }: OrderInput): Promise<string> {
  await using stream = WorkflowStreamClient.fromWithinActivity();
  const progress = stream.topic<Progress>('progress');
  progress.publish({ message: 'charging card…' }, { forceFlush: true });
  progress.publish({ message: 'card charged' });
  return `charge-${orderId}`;
}
