/** `npm run order`: one order, printed as it happens. `-- --declined` lets the payment fail. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { WorkflowStreamClient } from 'streambook/client';
import { openLab } from 'streambook/lab';
import type { Progress, Status } from './events.js';
import { describeEvent } from './lines.js';
import { startOrder } from './start.js';

const { values } = parseArgs({ options: { declined: { type: 'boolean', default: false } } });

const lab = await openLab('order');
try {
  const orderId = randomBytes(3).toString('hex');
  const order = await startOrder(lab.client, orderId, {
    card: values.declined ? 'declined' : 'ok',
  });
  console.log(`workflow ${order.workflowId}`);

  const stream = WorkflowStreamClient.create(lab.client, order.workflowId);
  const events = stream.subscribe<Status | Progress>(['status', 'progress'], 0, {
    resultType: true,
  });
  for await (const event of events) console.log(describeEvent(event));

  console.log(`result   ${await order.result()}`);
} catch (error) {
  process.exitCode = 1;
  const cause = error instanceof Error ? rootCause(error) : error;
  console.error(cause instanceof Error ? `${cause.name}: ${cause.message}` : cause);
} finally {
  await lab.close();
}

function rootCause(error: Error): Error {
  return error.cause instanceof Error ? rootCause(error.cause) : error;
}
