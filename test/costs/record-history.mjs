/**
 * Records the history of a workflow of the chapter on costs for the replay test:
 *
 *     node test/costs/record-history.mjs <name> <ours | official>
 *
 * A recorded history stays for good, since runs like it may be under way somewhere when the workflow
 * code changes. Record another one beside it when the workflow can take a new path.
 */
import { WorkflowStreamClient } from 'streambook/client';
import { startHost, WORDS } from 'streambook/costs';
import { openLab } from 'streambook/lab';
import { writeHistory } from '../support/history.mjs';

const [name, side] = process.argv.slice(2);
if (!name || !side) {
  throw new Error('Say how to name it and whose: node test/costs/record-history.mjs <name> <side>');
}

const lab = await openLab('costs');
const host = await startHost(lab.client, side, { fill: 2, ticks: 2 });
const stream = WorkflowStreamClient.create(lab.client, host.workflowId);
await host.executeUpdate('touch');
stream.topic(WORDS).publish('from outside');
await stream.flush();
await host.signal('close');
await host.result();
await writeHistory(host, new URL(`./histories/${name}.json`, import.meta.url));
await lab.close();
