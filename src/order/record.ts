/** Records the order of chapter 1 for the book, and prints the recording. */
import { WorkflowStreamClient } from 'streambook/client';
import { recordRun } from 'streambook/lab';
import type { Progress, Status } from './events.js';
import { startOrder } from './start.js';

await recordRun<Status | Progress>('order', async ({ client }, record, newId) => {
  // A worker's first order waits for its code to be loaded.
  await (await startOrder(client, newId())).result();
  const order = await startOrder(client, newId());
  const recorder = record(order, {
    title: 'An order whose card is charged',
    topics: ['status', 'progress'],
    readers: ['customer'],
    participants: ['customer', 'order', 'chargeCard'],
    host: 'order',
    starter: 'customer',
    textOf: ({ data }) => ('kind' in data ? data.kind : data.message),
  });
  const stream = WorkflowStreamClient.create(client, order.workflowId);
  const events = stream.subscribe(['status', 'progress'], 0, { resultType: true });
  for await (const _ of recorder.hear('customer', events)) {
    // The customer looks on.
  }
  return recorder.finish();
});
