/**
 * Records the history of a ticker for the replay test:
 *
 *     node test/ticker/record-history.mjs <name> [truncateEvery [keepLast later]]
 *
 * A recorded history stays for good, since runs like it may be under way somewhere when the workflow
 * code changes. Record another one beside it when the workflow can take a new path.
 */
import { WorkflowStreamClient } from 'streambook/client';
import { openLab } from 'streambook/lab';
import { adjustTicker, startTicker } from 'streambook/ticker';
import { writeHistory } from '../support/history.mjs';

const [name, truncateEvery = '2', keepLast] = process.argv.slice(2);
if (!name)
  throw new Error('Say how to name the history: node test/ticker/record-history.mjs <name>');

const lab = await openLab('ticker');
const ticker = await startTicker(lab.client, `recorded-${name}`, {
  count: 6,
  intervalMs: 50,
  truncateEvery: Number(truncateEvery),
});
// A batch from outside takes an offset as well, so truncation depends on it.
const stream = WorkflowStreamClient.create(lab.client, ticker.workflowId);
stream.topic('remarks').publish('oil the press');
await stream.flush();
if (keepLast) await adjustTicker(ticker, { keepLast: Number(keepLast) });
await ticker.result();
await writeHistory(ticker, new URL(`./histories/${name}.json`, import.meta.url));
await lab.close();
