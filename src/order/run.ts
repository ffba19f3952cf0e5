/** `npm run order`: one order, printed as it happens. `-- --declined` lets the payment fail. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { WorkflowStreamClient } from 'streambook/client';
import { type Lab, openLab, runCommand } from 'streambook/lab';
import type { Progress, Status } from './events.js';
import { describeEvent } from './lines.js';
import { startOrder } from './start.js';

const USAGE = `Usage: npm run order [-- --declined]

  --declined   let the payment fail`;

async function runOrder({ client }: Lab, card: 'ok' | 'declined'): Promise<void> {
  const orderId = randomBytes(3).toString('hex');
  const order = await startOrder(client, orderId, { card });
  console.log(`workflow ${order.workflowId}`);

  const stream = WorkflowStreamClient.create(client, order.workflowId);
  const events = stream.subscribe<Status | Progress>(['status', 'progress'], 0, {
    resultType: true,
  });
  for await (const event of events) console.log(describeEvent(event));

  console.log(`result   ${await order.result()}`);
}

await runCommand(USAGE, async () => {
  const { values } = parseArgs({ options: { declined: { type: 'boolean', default: false } } });
  await using lab = await openLab('order');
  await runOrder(lab, values.declined ? 'declined' : 'ok');
});
