/** Who publishes, and in what form: B7, B15, B16, B19. */
import type { Payload } from '@temporalio/common';
import type { Subscription } from 'streambook/client';
import { expect, test } from 'vitest';
import { PUBLISH_SIGNAL, type PublishInput } from '../../src/stream/wire.js';
import { customConverter } from './converter.js';
import { hazard, within } from './hazard.js';
import { type Implementation, onOurs } from './implementation.js';
import { HELLO, openScene } from './scene.js';
import type { hosting } from './workflows.js';

hazard('B7', async (on) => {
  const { client, taskQueue, newId } = await on.worker();
  // Both are there when the delayed run begins.
  const handle = await client.workflow.signalWithStart<typeof hosting, [PublishInput]>('hosting', {
    workflowId: newId('first-task'),
    taskQueue,
    args: [],
    startDelay: '500 milliseconds',
    signal: PUBLISH_SIGNAL,
    signalArgs: [{ items: [{ topic: 'a', data: HELLO }], publisher_id: '', sequence: 0 }],
  });
  expect(await within('the length', handle.executeUpdate<number, []>('length'))).toBe(1);
  await handle.terminate();
});

/** The values of a stream up to the value `done`. */
async function valuesOf(items: Subscription<unknown>): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const { data } of items) {
    values.push(data);
    if (data === 'done') break;
  }
  return values;
}

async function retried(on: Implementation, resume: boolean): Promise<unknown[]> {
  const scene = await openScene(on);
  const { stream } = await scene.start('retrying', [resume]);
  return within('the values', valuesOf(stream.subscribe([], 0, { resultType: true })));
}

hazard(
  'B15',
  async (on) => {
    expect(await retried(on, true), 'every item once').toEqual([1, 2, 3, 'done']);
  },
  'every item once',
);

test('B15 on ours: an activity that does not resume repeats its items', async () => {
  expect(await retried(onOurs, false)).toEqual([1, 2, 1, 2, 3, 'done']);
});

const encodingOf = ({ metadata }: Payload) => new TextDecoder().decode(metadata?.encoding);

hazard(
  'B16',
  async (on) => {
    const scene = await openScene(on);
    const { handle, stream } = await scene.start('converting');
    const reader = stream.subscribe();
    const fromHost = await within('the item of the host', reader.next());
    expect(encodingOf(fromHost.value?.data ?? {}), 'the converter used').toBe('json/custom');

    const { WorkflowStreamClient } = on.client;
    await using custom = new WorkflowStreamClient(handle, { payloadConverter: customConverter });
    custom.topic('a').publish(2);
    await custom.flush();
    const fromClient = await within('the item of the client', reader.next());
    expect(encodingOf(fromClient.value?.data ?? {})).toBe('json/custom');
  },
  'the converter used',
);

hazard(
  'B19',
  async (on) => {
    const scene = await openScene(on);
    const { stream } = await scene.start('twoStreams');
    // A query is answered when the first workflow task is done, with both streams made.
    await within('the length', stream.getOffset());
    const reader = stream.subscribe<string>([], 0, { resultType: true });
    const { value } = await within('an item', reader.next());
    expect(value?.data, 'the first stream is read').toBe('first');
  },
  'the first stream is read',
);
