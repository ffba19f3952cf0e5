/** A run that has ended is replayed for its readers, by the code that a worker has by then. */
import { randomUUID } from 'node:crypto';
import { DefaultLogger, makeTelemetryFilterString } from '@temporalio/worker';
import { type Subscription, WorkflowStreamClient } from 'streambook/client';
import { expect, test } from 'vitest';
import { startTestWorker } from '../support/worker.js';

/** Replays fail on purpose here, so neither the worker nor its core says so. */
const logger = new DefaultLogger('ERROR', () => {});
const logging = { filter: makeTelemetryFilterString({ core: 'ERROR' }) };

/** Lets a worker with one version run the workflow to its end, and one with another version answer. */
async function readAfter(version: string): Promise<string[]> {
  const taskQueue = `versions-${randomUUID()}`;
  const start = (name: string) =>
    startTestWorker(
      new URL(`./versions/${name}.ts`, import.meta.url),
      { taskQueue },
      { logger, telemetryOptions: { logging } },
    );
  const first = await start('first');
  await first.client.workflow.execute('versioned', { workflowId: taskQueue, taskQueue });
  await first.stop();

  const second = await start(version);
  try {
    const stream = WorkflowStreamClient.create(second.client, taskQueue);
    const reader: Subscription<string> = stream.topic<string>('news').subscribe();
    const news: string[] = [];
    for await (const { data } of reader) news.push(data);
    return news;
  } finally {
    await second.stop();
  }
}

test('the same code answers as before', async () => {
  expect(await readAfter('first')).toEqual(['begun', 'done']);
});

test('code that does not fit the history throws, and is no end of the stream', async () => {
  await expect(readAfter('without-sleep')).rejects.toThrow(/TMPRL1100.*Nondeterminism/);
});

test('code that publishes more changes the log of runs that have ended', async () => {
  expect(await readAfter('more-news')).toEqual(['begun', 'half done', 'done']);
});

test('a patch leaves the log of old runs as it was', async () => {
  expect(await readAfter('patched')).toEqual(['begun', 'done']);
});
