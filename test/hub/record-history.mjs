/**
 * Records the history of a hub for the replay test:
 *
 *     node test/hub/record-history.mjs <name> [newsroom|flaky|empty]
 *
 * A recorded history stays for good, since runs like it may be under way somewhere when the workflow
 * code changes. Record another one beside it when the workflow can take a new path.
 */
import { closeHub, hubOf, losingAnswers, openHub, runNewsroom, throughLink } from 'streambook/hub';
import { openLab } from 'streambook/lab';
import { writeHistory } from '../support/history.mjs';

const [name, kind = 'newsroom'] = process.argv.slice(2);
if (!name) throw new Error('Say how to name the history: node test/hub/record-history.mjs <name>');

const id = `recorded-${name}`;
const lab = await openLab('hub');
if (kind === 'empty') {
  await closeHub(await openHub(lab.client, id));
} else {
  const clientOf = () => (kind === 'flaky' ? throughLink(lab.client, losingAnswers()) : lab.client);
  await runNewsroom(lab.client, id, { clientOf });
}
const hub = hubOf(lab.client, id);
await hub.result();
await writeHistory(hub, new URL(`./histories/${name}.json`, import.meta.url));
await lab.close();
