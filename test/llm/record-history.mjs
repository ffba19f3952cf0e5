/**
 * Records the history of an answer for the replay test:
 *
 *     node test/llm/record-history.mjs <name> [settings of the script]
 *
 * With the settings `stall-once` the worker is killed in the middle. A recorded history stays for good,
 * since runs like it may be under way somewhere when the workflow code changes. Record another one
 * beside it when the workflow can take a new path.
 */
import { WorkflowStreamClient } from 'streambook/client';
import { openLab, startWorker } from 'streambook/lab';
import { startLlm } from 'streambook/llm';
import { writeHistory } from '../support/history.mjs';

const [name, settings = 'fast'] = process.argv.slice(2);
if (!name) throw new Error('Say how to name the history: node test/llm/record-history.mjs <name>');

const lab = await openLab('llm');
const model = `scripted:short,${settings}`;
const answer = await startLlm(lab.client, `recorded-${name}`, {
  model,
  prompt: 'What is a quorum?',
});
if (settings.includes('stall-once')) {
  await WorkflowStreamClient.create(lab.client, answer.workflowId).subscribe('delta').next();
  lab.worker.kill('SIGKILL');
  await startWorker('llm', lab.server);
}
await answer.result().catch(() => {});
await writeHistory(answer, new URL(`./histories/${name}.json`, import.meta.url));
await lab.close();
process.exit();
