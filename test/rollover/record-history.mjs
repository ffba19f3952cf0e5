/**
 * Records three runs of a lighthouse for the replay test: one that the server suggested to leave, one
 * that was asked to, and the last one:
 *
 *     node test/rollover/record-history.mjs <name>
 *
 * A recorded history stays for good, since runs like it may be under way somewhere when the workflow
 * code changes. Record another one beside it when the workflow can take a new path.
 */
import { WorkflowStreamClient } from 'streambook/client';
import { openLab } from 'streambook/lab';
import { closeLighthouse, READINGS, runsOf, startLighthouse, turnPage } from 'streambook/rollover';
import { writeHistory } from '../support/history.mjs';

const [name] = process.argv.slice(2);
if (!name)
  throw new Error('Say how to name the histories: node test/rollover/record-history.mjs <name>');

const lab = await openLab('rollover', {
  limits: { 'limit.historyCount.suggestContinueAsNew': 40 },
});
const lighthouse = await startLighthouse(lab.client, `recorded-${name}`);
const { runId } = await lighthouse.describe();
const stream = WorkflowStreamClient.create(lab.client, lighthouse.workflowId);
for (let number = 1; (await lighthouse.describe()).runId === runId; number++) {
  stream.topic(READINGS).publish({ instrument: 'lamp', number, value: number });
  await stream.flush();
}
await turnPage(lighthouse);
stream.topic(READINGS).publish({ instrument: 'lamp', number: 1_000, value: 0 });
await stream.flush();
await closeLighthouse(lighthouse);
for (const [index, run] of (await runsOf(lab.client, lighthouse.workflowId)).entries()) {
  const handle = lab.client.workflow.getHandle(lighthouse.workflowId, run.runId);
  await writeHistory(handle, new URL(`./histories/${name}-${index + 1}.json`, import.meta.url));
}
await lab.close();
