/** Records a newsroom of chapter 3 for the book, whose agencies publish from outside, and prints the recording. */
import { WorkflowStreamClient } from 'streambook/client';
import { recordRun } from 'streambook/lab';
import { HEADLINES, type Headline } from './events.js';
import { runNewsroom } from './newsroom.js';
import { openHub } from './open.js';
import { agencies } from './stories.js';

const AGENCIES = agencies(3);
const WORK = { publishers: AGENCIES.length, headlines: 5, pauseMs: 150 };

await recordRun<Headline>('hub', async ({ client }, record, newId) => {
  // A worker's first hub waits for its code to be loaded.
  await runNewsroom(client, newId(), { publishers: 1, headlines: 1, pauseMs: 0 });
  const id = newId();
  const hub = await openHub(client, id);
  const recorder = record(hub, {
    title: 'Three agencies and one reader at a hub',
    topics: AGENCIES,
    readers: ['reader'],
    participants: ['reader', 'hub', ...AGENCIES, 'newsroom'],
    host: 'hub',
    starter: 'newsroom',
    textOf: ({ data }) => data.text,
    topicOf: ({ data }) => data.agency,
    senderOf: (value) => (value as Headline).agency,
    signalOf: (name) => (name === 'close' ? { from: 'newsroom', text: 'close' } : undefined),
  });
  const topic = WorkflowStreamClient.create(client, hub.workflowId).topic<Headline>(HEADLINES);
  const reading = async () => {
    for await (const _ of recorder.hear('reader', topic.subscribe(0))) {
      // It only looks on.
    }
  };
  await Promise.all([reading(), runNewsroom(client, id, WORK)]);
  return recorder.finish();
});
