/**
 * Records the history of an order for the replay test:
 *
 *     node test/order/record-history.mjs <name> [ok|declined]
 *
 * A recorded history stays for good, since runs like it may be under way somewhere when the workflow
 * code changes. Record another one beside it when the workflow can take a new path.
 */
import { openLab } from 'streambook/lab';
import { startOrder } from 'streambook/order';
import { writeHistory } from '../support/history.mjs';

const [name, card = 'ok'] = process.argv.slice(2);
if (!name)
  throw new Error('Say how to name the history: node test/order/record-history.mjs <name>');

const lab = await openLab('order');
const order = await startOrder(lab.client, `recorded-${name}`, { card });
await order.result().catch(() => {});
await writeHistory(order, new URL(`./histories/${name}.json`, import.meta.url));
await lab.close();
