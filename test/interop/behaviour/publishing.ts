import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { PUBLISH_SIGNAL } from '../../../src/stream/wire.js';
import { NEVER } from './activities.js';
import { eagerly, entry, eventsOf, send, take, takeValues, upTo, values } from './items.js';
import type { Stage } from './stage.js';
import * as workflows from './workflows.js';

/** What publishers may rely on. */
export function describePublishing(stage: Stage): void {
  describe('publishing', () => {
    test('an activity sends all that it has when it leaves, before the workflow goes on', async () => {
      const { stream } = await stage.start(workflows.narrating, 10);
      const items = await take(stream.subscribe<unknown>([], 0, eagerly), 11);
      expect(items).toEqual([
        ...upTo(10).map((n) => ({ topic: 'activity', data: n, offset: n })),
        { topic: 'workflow', data: 'the activity is done', offset: 10 },
      ]);
    });

    test('a workflow and its activity at the same time each keep their order', async () => {
      const { stream } = await stage.start(workflows.interleaving, 8);
      const items = await take(stream.subscribe<number>([], 0, eagerly), 16);
      const on = (topic: string) => values(items.filter((item) => item.topic === topic));
      expect(on('workflow')).toEqual(upTo(8));
      expect(on('activity')).toEqual(upTo(8));
      expect(items.map(({ offset }) => offset)).toEqual(upTo(16));
    });

    test('an activity of one workflow reaches the stream of another', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      await stage.start(workflows.publishingElsewhere, handle.workflowId, 5);
      expect(await take(stream.topic('from elsewhere').subscribe(), 5)).toHaveLength(5);
    });

    test('outside an activity there is no workflow to publish to', () => {
      expect(() => stage.Client.fromWithinActivity()).toThrow();
    });

    test('a value that is forced out takes along what waits before it', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      const publisher = new stage.Client(handle, { batchInterval: NEVER });
      const topic = publisher.topic('a');
      topic.publish('waits');
      topic.publish('waits too');
      topic.publish('goes now', { forceFlush: true });
      expect(await takeValues(stream, 3)).toEqual(['waits', 'waits too', 'goes now']);
    });

    test('a batch that is full goes without being told', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      const publisher = new stage.Client(handle, { batchInterval: NEVER, maxBatchSize: 3 });
      const topic = publisher.topic<number>('a');
      for (const n of [0, 1, 2]) topic.publish(n);
      expect(await takeValues(stream, 3)).toEqual([0, 1, 2]);
      for (const n of [3, 4, 5]) topic.publish(n);
      expect(await takeValues(stream, 6)).toEqual(upTo(6));
      expect(await eventsOf(handle, 'WorkflowExecutionSignaled')).toBe(2);
    });

    test('a batch goes when its interval is over', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      const publisher = new stage.Client(handle, { batchInterval: 200 });
      publisher.topic('a').publish('patient');
      expect(await takeValues(stream, 1)).toEqual(['patient']);
      await publisher[Symbol.asyncDispose]();
    });

    test('a flush is done when the items are in the stream, and has nothing to do without any', async () => {
      const { handle } = await stage.start(workflows.hosting);
      const publisher = new stage.Client(handle, { batchInterval: NEVER });
      await publisher.flush();
      expect(await publisher.getOffset()).toBe(0);
      for (const n of upTo(3)) publisher.topic('a').publish(n);
      await publisher.flush();
      expect(await publisher.getOffset()).toBe(3);
      await publisher.flush();
      expect(await publisher.getOffset()).toBe(3);
      expect(await eventsOf(handle, 'WorkflowExecutionSignaled')).toBe(1);
    });

    test('leaving the scope of a client sends what is left', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      {
        await using publisher = new stage.Client(handle, { batchInterval: NEVER });
        for (const n of upTo(3)) publisher.topic('a').publish(n);
      }
      expect(await takeValues(stream, 3)).toEqual([0, 1, 2]);
    });

    test('a topic has one handle', async () => {
      const { handle, stream } = await stage.start(workflows.comparingTopics);
      expect(await handle.result()).toEqual([true, false]);
      expect(stream.topic('a')).toBe(stream.topic('a'));
      expect(stream.topic('a')).not.toBe(stream.topic('b'));
      expect(stream.topic('a').name).toBe('a');
    });
  });

  describe('a batch that is sent again', () => {
    test('is taken once: each number of a publisher counts, gaps are allowed', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      await send(handle, 1, 'first');
      await send(handle, 1, 'first again');
      await send(handle, 4, 'fourth');
      await send(handle, 3, 'third, late');
      await send(handle, 5, 'fifth');
      expect(await stream.getOffset()).toBe(3);
      expect(await takeValues(stream, 3)).toEqual(['first', 'fourth', 'fifth']);
    });

    test('is taken again when its publisher has no name', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      const nameless = { items: [entry('again')], publisher_id: '', sequence: 0 };
      await handle.signal(PUBLISH_SIGNAL, nameless);
      await handle.signal(PUBLISH_SIGNAL, nameless);
      expect(await takeValues(stream, 2)).toEqual(['again', 'again']);
    });

    test('keeps its place and its number, whether it was lost or only its answer', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      const lossy = failing(handle, ['lost', 'answer lost', 'lost', 'answer lost']);
      const publisher = new stage.Client(lossy, { batchInterval: 20 });
      for (const n of [0, 1]) publisher.topic('a').publish(n);
      expect(await takeValues(stream, 2)).toEqual([0, 1]);
      for (const n of [2, 3]) publisher.topic('a').publish(n);
      expect(await takeValues(stream, 4)).toEqual(upTo(4));
      await until(() => publisher.flush());
      await handle.signal(workflows.endSignal);
      await handle.result();
      expect(await stream.getOffset()).toBe(4);
    });

    test('and given up is told to the caller, and the next one gets a number of its own', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      const failures: Failure[] = Array(1000).fill('answer lost');
      const lossy = failing(handle, failures);
      const publisher = new stage.Client(lossy, { batchInterval: NEVER, maxRetryDuration: 200 });
      publisher.topic('a').publish('unconfirmed');
      const told = async () => (await publisher.flush().catch((error: Error) => error))?.name;
      await expect.poll(told, { timeout: 10_000 }).toBe('FlushTimeoutError');
      failures.length = 0;
      publisher.topic('a').publish('next');
      await publisher.flush();
      expect(await takeValues(stream, 2)).toEqual(['unconfirmed', 'next']);
      expect(await stream.getOffset()).toBe(2);
    });

    test('to a workflow that does not exist is given up', async () => {
      const { client, newId } = stage.worker;
      const publisher = stage.Client.create(client, newId('none'), {
        batchInterval: 20,
        maxRetryDuration: 100,
      });
      publisher.topic('a').publish('for nobody');
      const told = async () => (await publisher.flush().catch((error: Error) => error))?.name;
      await expect.poll(told, { timeout: 10_000 }).toBe('FlushTimeoutError');
    });
  });

  describe('a value', () => {
    test('of any kind arrives as it was, from outside and from the workflow', async () => {
      const nested = { list: [1, null, 'zwölf'], deeper: { flag: false } };
      const all = [nested, 'a text, 日本語 and 🎈', '', 12.5, false, null, []];
      const publish = all.map((value) => ({ publish: value }));
      const { stream } = await stage.start(workflows.hosting, publish);
      for (const value of all) stream.topic('a').publish(value);
      await stream.flush();
      expect(await takeValues(stream, 2 * all.length)).toEqual([...all, ...all]);
    });

    test('of bytes arrives as these bytes, from outside and from the workflow', async () => {
      const { stream } = await stage.start(workflows.publishingBytes, 'äöü');
      stream.topic('bytes').publish(new TextEncoder().encode('äöü'));
      await stream.flush();
      for (const { data } of await take(stream.subscribe('bytes'), 2)) {
        expect(new TextDecoder().decode(data.metadata?.encoding ?? undefined)).toBe('binary/plain');
        expect(new TextDecoder().decode(data.data ?? undefined)).toBe('äöü');
      }
      for (const { data } of await take(stream.topic<Uint8Array>('bytes').subscribe(), 2)) {
        expect(new TextDecoder().decode(data)).toBe('äöü');
      }
    });

    test('that is a payload already is left as it is', async () => {
      const { stream } = await stage.start(workflows.hosting);
      const payload = defaultPayloadConverter.toPayload({ ready: 'made' });
      payload.metadata = { ...payload.metadata, origin: new TextEncoder().encode('a test') };
      stream.topic<{ ready: string }>('a').publish(payload);
      await stream.flush();
      const [raw] = await take(stream.subscribe('a'), 1);
      expect(new TextDecoder().decode(raw?.data.metadata?.origin ?? undefined)).toBe('a test');
      expect(await takeValues(stream, 1)).toEqual([{ ready: 'made' }]);
    });
  });
}

/** What becomes of a signal. */
type Failure = 'lost' | 'answer lost';

/** A handle whose next signals fail in these ways. */
function failing(handle: WorkflowHandle, failures: Failure[]): WorkflowHandle {
  const signal = async (...args: Parameters<WorkflowHandle['signal']>): Promise<void> => {
    const failure = failures.shift();
    if (failure !== 'lost') await handle.signal(...args);
    if (failure) throw new Error(`The signal failed on purpose: ${failure}.`);
  };
  return { ...handle, signal: signal as WorkflowHandle['signal'] };
}

/** Repeats what an official client gives up at the first failure. */
async function until(action: () => Promise<void>): Promise<void> {
  await expect.poll(() => action().then(() => 'done', String)).toBe('done');
}
