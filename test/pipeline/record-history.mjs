/**
 * Records the history of a pipeline for the replay test:
 *
 *     node test/pipeline/record-history.mjs <name> [stages]
 *
 * A recorded history stays for good, since runs like it may be under way somewhere when the workflow
 * code changes. Record another one beside it when the workflow can take a new path.
 */
import { openLab } from 'streambook/lab';
import { STAGES, startPipeline } from 'streambook/pipeline';
import { writeHistory } from '../support/history.mjs';

const [name, count = STAGES.length] = process.argv.slice(2);
if (!name)
  throw new Error('Say how to name the history: node test/pipeline/record-history.mjs <name>');

const lab = await openLab('pipeline');
const stages = STAGES.slice(0, Number(count));
const pipeline = await startPipeline(lab.client, `recorded-${name}`, { stages, pauseMs: 100 });
await pipeline.result();
await writeHistory(pipeline, new URL(`./histories/${name}.json`, import.meta.url));
await lab.close();
