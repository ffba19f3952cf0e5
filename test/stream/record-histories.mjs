/**
 * Records what a host does in two runs, for the replay test:
 *
 *     TEMPORAL_ADDRESS=127.0.0.1:7233 node test/stream/record-histories.mjs <name>
 *
 * Polls that wait, are answered, detached and refused; batches that come twice, malformed ones, and one
 * whose items are numbered; truncation; a rollover with state. A recorded history stays for good.
 */
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { WorkflowStreamClient as OfficialClient } from '@temporalio/workflow-streams/client';
import { WorkflowStreamClient } from 'streambook/client';
import { PUBLISH_SIGNAL } from 'streambook/wire';
import { writeHistory } from '../support/history.mjs';

const [name] = process.argv.slice(2);
const address = process.env.TEMPORAL_ADDRESS;
if (!name || !address) throw new Error('Say TEMPORAL_ADDRESS=… and a name for the histories.');

const connection = await Connection.connect({ address });
const native = await NativeConnection.connect({ address });
const client = new Client({ connection });
const taskQueue = 'record-histories';
const workflowsPath = fileURLToPath(new URL('./features/workflows.ts', import.meta.url));
const worker = await Worker.create({ connection: native, taskQueue, workflowsPath });

await worker.runUntil(async () => {
  const workflowId = `recorded-${name}-${Date.now()}`;
  const args = [{ retain: { items: 100 } }];
  const first = await client.workflow.start('rolling', { workflowId, taskQueue, args });
  const official = OfficialClient.create(client, workflowId);
  // Not waited for: it can miss the end of the second run, and then asks for ever (hazard B20).
  void readAll(official.subscribe(['n', 'last'], 0));
  const handle = client.workflow.getHandle(workflowId);

  await handle.executeUpdate('publish', { args: [3] });
  const ours = WorkflowStreamClient.create(client, workflowId, {
    checkpoint: { publisherId: 'numbered', sequence: 0 },
  });
  for (let i = 0; i < 3; i++) ours.topic('outside').publish({ i });
  await ours.flush();
  const data = 'ChYKCGVuY29kaW5nEgpqc29uL3BsYWluEgE3';
  const batch = { items: [{ topic: 'outside', data }], publisher_id: 'twice', sequence: 1 };
  await handle.signal(PUBLISH_SIGNAL, batch);
  await handle.signal(PUBLISH_SIGNAL, batch);
  await handle.signal(PUBLISH_SIGNAL, { items: [{ topic: 7 }, { topic: 'outside', data }] });
  await handle.signal(PUBLISH_SIGNAL, 'nonsense');
  await handle.executeUpdate('truncate', { args: [2] });
  await handle.executeUpdate('truncate', { args: [99] }).catch(() => {});
  await handle.executeUpdate('positive', { args: [-1] }).catch(() => {});
  await handle.executeUpdate('read', { args: [2] });
  await handle.signal('roll');
  while ((await handle.describe()).runId === first.firstExecutionRunId);
  await handle.executeUpdate('publish', { args: [2] });
  const { runId } = await handle.describe();
  await handle.signal('end');
  await handle.result();
  for (const [part, id] of Object.entries({ first: first.firstExecutionRunId, second: runId })) {
    const file = new URL(`./histories/${name}-${part}.json`, import.meta.url);
    await writeHistory(client.workflow.getHandle(workflowId, id), file);
  }
});

async function readAll(items) {
  for await (const _ of items);
}

process.exit();
