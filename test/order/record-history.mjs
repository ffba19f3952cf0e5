/**
 * Records the history of an order for the replay test:
 *
 *     node test/order/record-history.mjs <name> [ok|declined]
 *
 * A recorded history stays for good, since runs like it may be under way somewhere when the workflow
 * code changes. Record another one beside it when the workflow can take a new path.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { openLab } from 'streambook/lab';
import { startOrder } from 'streambook/order';

const [name, card = 'ok'] = process.argv.slice(2);
if (!name)
  throw new Error('Say how to name the history: node test/order/record-history.mjs <name>');

const root = fileURLToPath(new URL('../../', import.meta.url));
const lab = await openLab('order');
const order = await startOrder(lab.client, `recorded-${name}`, { card });
await order.result().catch(() => {});
const { History } = proto.temporal.api.history.v1;
const plain = { bytes: String, enums: String, longs: String };
const history = JSON.stringify(History.toObject(await order.fetchHistory(), plain), null, 1)
  .replaceAll(root, '')
  // A worker's identity names its machine, and so does its sticky task queue.
  .replaceAll(/"\d+@[^"]*"/g, '"recorded"');
writeFileSync(new URL(`./histories/${name}.json`, import.meta.url), `${history}\n`);
await lab.close();
