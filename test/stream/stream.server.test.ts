import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { WorkflowStreamClient as OfficialClient } from '@temporalio/workflow-streams/client';
import { WorkflowStreamClient } from 'streambook/client';
import { summarizeHistory } from 'streambook/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLL_UPDATE, PUBLISH_SIGNAL, READ_QUERY } from '../../src/stream/wire.js';
import { startTestWorker, type TestWorker } from '../support/worker.js';

const workflows = new URL('./workflows.ts', import.meta.url);
let worker: TestWorker;

beforeAll(async () => {
  worker = await startTestWorker(workflows);
});
afterAll(() => worker?.stop());

async function start(type: string, ...args: unknown[]) {
  const { client, taskQueue } = worker;
  const handle = await client.workflow.start(type, {
    workflowId: worker.newId(type),
    taskQueue,
    args,
  });
  return { handle, stream: WorkflowStreamClient.create(client, handle.workflowId) };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
/** How many updates a workflow has accepted. */
async function updatesOf(handle: WorkflowHandle): Promise<number> {
  return (await summarizeHistory(handle)).kinds.WorkflowExecutionUpdateAccepted ?? 0;
}
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const values = (items: { data: unknown }[]) => items.map((item) => item.data);

describe('a workflow that publishes and returns at once', () => {
  test('is read to its last item, by a reader that was there and by one that comes later', async () => {
    const { handle, stream } = await start('counting', 1_000);
    const numbers = () => collect(stream.subscribe<number>([], 0, { resultType: true }));
    expect(values(await numbers())).toEqual(upTo(1_000));
    await handle.result();
    expect(values(await numbers())).toEqual(upTo(1_000));
  });

  test('answers with its length after it has closed', async () => {
    const { handle, stream } = await start('counting', 7);
    await handle.result();
    expect(await stream.getOffset()).toBe(7);
  });

  test('is read in several pages when one answer cannot hold everything', async () => {
    const { stream } = await start('counting', 25_000);
    const items = await collect(stream.subscribe<number>([], 0, { resultType: true }));
    expect(values(items)).toEqual(upTo(25_000));
  });
});

describe('a subscription', () => {
  test('to one topic keeps the offsets of the whole stream', async () => {
    const { stream } = await start('counting', 6);
    const odd = await collect(stream.topic<number>('odd').subscribe());
    expect(odd).toEqual([
      { topic: 'odd', data: 1, offset: 1 },
      { topic: 'odd', data: 3, offset: 3 },
      { topic: 'odd', data: 5, offset: 5 },
    ]);
  });

  test('to several topics, to a list of one and to none is the same as to all of them', async () => {
    const { stream } = await start('counting', 4);
    const all = await collect(stream.subscribe());
    expect(await collect(stream.subscribe(['even', 'odd']))).toEqual(all);
    expect(await collect(stream.subscribe('even'))).toEqual(
      await collect(stream.subscribe(['even'])),
    );
    expect(all).toHaveLength(4);
  });

  test('starts at the offset that it asks for', async () => {
    const { stream } = await start('counting', 5);
    const items = await collect(stream.subscribe<number>([], 3, { resultType: true }));
    expect(values(items)).toEqual([3, 4]);
  });

  test('yields raw payloads unless it asks for decoded values', async () => {
    const { stream } = await start('counting', 1);
    const [item] = await collect(stream.subscribe('even'));
    expect(item?.data.metadata?.encoding).toEqual(new TextEncoder().encode('json/plain'));
    expect(defaultPayloadConverter.fromPayload(item?.data ?? {})).toBe(0);
  });

  test('ends with a workflow that fails, and leaves the failure to the result', async () => {
    const { handle, stream } = await start('failing');
    const items = await collect(stream.subscribe<string>([], 0, { resultType: true }));
    expect(values(items)).toEqual(['about to fail']);
    await expect(handle.result()).rejects.toMatchObject({ cause: { message: 'as planned' } });
  });

  test('ends with a workflow that is terminated', async () => {
    const { handle, stream } = await start('hosting');
    const reading = collect(stream.subscribe());
    await stream.getOffset();
    await handle.terminate();
    expect(await reading).toEqual([]);
  });

  test.each([-1, 1.5, Number.NaN, 2 ** 53])('refuses to start at %d', async (offset) => {
    const stream = WorkflowStreamClient.create(worker.client, 'any');
    expect(() => stream.subscribe([], offset)).toThrow(
      expect.objectContaining({ type: 'InvalidOffset' }),
    );
  });

  test('to a workflow that does not exist throws', async () => {
    const stream = WorkflowStreamClient.create(worker.client, worker.newId('none'));
    await expect(collect(stream.subscribe())).rejects.toThrow('not found');
  });

  test('ends with a workflow that was terminated before any worker had seen it', async () => {
    const handle = await worker.client.workflow.start('hosting', {
      workflowId: worker.newId('unseen'),
      taskQueue: 'nobody-polls-this',
    });
    await handle.terminate();
    const stream = WorkflowStreamClient.create(worker.client, handle.workflowId);
    expect(await collect(stream.subscribe())).toEqual([]);
  });

  test('reads a workflow whose history is over the 4 MiB that one answer may have', async () => {
    const { handle, stream } = await start('hosting');
    for (const n of upTo(8)) {
      stream.topic('big').publish(`${n}${'x'.repeat(680_000)}`);
      await stream.flush();
    }
    await handle.signal('end');
    const items = await collect(stream.subscribe<string>([], 0, { resultType: true }));
    expect(items.map(({ data }) => data[0])).toEqual([...'01234567', 'e']);
  });

  test('is one of twenty of a running workflow, and all of them get everything', async () => {
    const { handle, stream } = await start('hosting');
    const readers = upTo(20).map(() => collect(stream.subscribe()));
    for (const n of upTo(5)) {
      stream.topic('n').publish(n);
      await stream.flush();
    }
    await handle.signal('end');
    for (const items of await Promise.all(readers)) expect(items).toHaveLength(6);
  });

  test('says which item it cannot decode, and how to go on', async () => {
    const { handle, stream } = await start('hosting');
    const encoding = new TextEncoder().encode('json/nonsense');
    stream.topic('a').publish({ metadata: { encoding }, data: new Uint8Array() });
    await stream.flush();
    await handle.signal('end');
    const items = stream.subscribe([], 0, { resultType: true });
    await expect(items.next()).rejects.toMatchObject({
      type: 'Undecodable',
      message: expect.stringContaining('Subscribe from 1'),
    });
    const rest = stream.subscribe<string>([], 1, { resultType: true });
    expect(values(await collect(rest))).toEqual(['ended']);
  });

  test('ends at once when it is stopped while it waits', async () => {
    const { handle, stream } = await start('hosting');
    const stop = new AbortController();
    const items = stream.subscribe([], 0, { signal: stop.signal });
    const waiting = items.next();
    await stream.getOffset();
    stop.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await handle.terminate();
  });

  test('writes nothing into the history, however many readers there are', async () => {
    const historyWith = async (readers: number) => {
      const { handle, stream } = await start('hosting');
      const reading = upTo(readers).map(() => collect(stream.subscribe()));
      await stream.getOffset();
      stream.topic('a').publish(1);
      await stream.flush();
      await stream.getOffset();
      await handle.signal('end');
      for (const items of await Promise.all(reading)) expect(items).toHaveLength(2);
      await handle.result();
      return (await handle.fetchHistory()).events?.map((event) => event.eventType);
    };
    expect(await historyWith(5)).toEqual(await historyWith(0));
  });
});

describe('publishing from outside', () => {
  test('arrives in order, together with what the workflow itself publishes', async () => {
    const { handle, stream } = await start('hosting');
    for (const n of upTo(50)) stream.topic<number>('n').publish(n);
    await stream.flush();
    await handle.signal('end');
    const items = await collect(stream.subscribe<unknown>([], 0, { resultType: true }));
    expect(values(items)).toEqual([...upTo(50), 'ended']);
  });

  test('a batch that is delivered twice is appended once', async () => {
    const { handle, stream } = await start('hosting');
    const data = 'ChYKCGVuY29kaW5nEgpqc29uL3BsYWluEgQiaGki';
    const batch = { items: [{ topic: 'a', data }], publisher_id: 'p', sequence: 1 };
    await handle.signal(PUBLISH_SIGNAL, batch);
    await handle.signal(PUBLISH_SIGNAL, batch);
    await handle.signal(PUBLISH_SIGNAL, { ...batch, sequence: 2 });
    expect(await stream.getOffset()).toBe(2);
    await handle.terminate();
  });

  test.each([
    [undefined],
    ['nonsense'],
    [{ items: 'nonsense' }],
    [{ items: [null, { topic: 'a', data: '####' }] }],
  ])('the malformed signal %j is dropped and the workflow goes on', async (nonsense) => {
    const { handle, stream } = await start('hosting');
    await handle.signal(PUBLISH_SIGNAL, nonsense);
    stream.topic('a').publish('good');
    await stream.flush();
    await handle.signal('end');
    const items = await collect(stream.subscribe<string>([], 0, { resultType: true }));
    expect(values(items)).toEqual(['good', 'ended']);
  });

  test('bytes arrive as bytes', async () => {
    const { stream } = await start('bytes');
    const [item] = await collect(stream.topic<Uint8Array>('bytes').subscribe());
    expect(new TextDecoder().decode(item?.data)).toBe('ä');
  });

  test('what a value was when it was published is what arrives', async () => {
    const { handle, stream } = await start('hosting');
    const counter = { n: 1 };
    stream.topic('a').publish(counter);
    counter.n = 2;
    stream.topic('a').publish(counter);
    await stream.flush();
    const items = stream.subscribe<{ n: number }>('a', 0, { resultType: true });
    expect((await items.next()).value?.data).toEqual({ n: 1 });
    expect((await items.next()).value?.data).toEqual({ n: 2 });
    await items.return();
    await handle.terminate();
  });

  test('a value that cannot be encoded throws at publish, and the others arrive', async () => {
    const { handle, stream } = await start('hosting');
    const topic = stream.topic<unknown>('a');
    topic.publish(1);
    expect(() => topic.publish(10n)).toThrow('Unable to convert');
    topic.publish(3);
    await stream.flush();
    expect(await stream.getOffset()).toBe(2);
    await handle.terminate();
  });

  test('to a workflow that does not exist throws when it is flushed', async () => {
    const stream = WorkflowStreamClient.create(worker.client, worker.newId('none'));
    stream.topic('a').publish(1);
    await expect(stream.flush()).rejects.toThrow('not found');
  });
});

test('a value without an encoding fails a workflow that does not catch it, instead of stopping it for ever', async () => {
  const { handle } = await start('unencodable');
  await expect(handle.result()).rejects.toMatchObject({
    cause: { type: 'Unencodable', message: expect.stringContaining('"a" cannot be encoded') },
  });
});

describe('an item that no reader could ever receive', () => {
  test('is refused in the workflow, which goes on', async () => {
    const { handle } = await start('oneBigItem', 1_600_000);
    await handle.signal('end');
    expect(await handle.result()).toBe('ItemTooLarge');
  });

  test('is refused at publish outside', () => {
    const stream = WorkflowStreamClient.create(worker.client, 'any');
    expect(() => stream.topic('a').publish('x'.repeat(1_600_000))).toThrow(
      expect.objectContaining({ type: 'ItemTooLarge' }),
    );
  });

  test('is only just not too large: the biggest one allowed can be read and polled', async () => {
    // 2 MiB - 64 KiB of JSON less the frame, in base64: three bytes in four characters.
    const { handle, stream } = await start('oneBigItem', 1_523_000);
    const poll = handle.executeUpdate(POLL_UPDATE, { args: [{ topics: [], from_offset: 0 }] });
    expect(await poll).toMatchObject({ next_offset: 1 });
    await handle.signal('end');
    expect(await handle.result()).toBe('published');
    const [item] = await collect(stream.topic<string>('big').subscribe());
    expect(item?.data).toHaveLength(1_523_000);
  });
});

test('polls that wait together for a big item are all answered', async () => {
  const { handle, stream } = await start('hosting');
  const official = upTo(5).map(() =>
    OfficialClient.create(worker.client, handle.workflowId).subscribe().next(),
  );
  await expect.poll(() => updatesOf(handle)).toBe(5);
  stream.topic('big').publish('x'.repeat(1_000_000));
  await stream.flush();
  for (const { value } of await Promise.all(official)) expect(value?.offset).toBe(0);
  await handle.terminate();
});

test('a poll may have fields that we do not know', async () => {
  const { handle, stream } = await start('hosting');
  stream.topic('a').publish(1);
  await stream.flush();
  const poll = { topics: [], from_offset: 0, max_bytes: 'later', lease: 7 };
  const result = await handle.executeUpdate(POLL_UPDATE, { args: [poll] });
  expect(result).toMatchObject({ next_offset: 1 });
  expect(await handle.query(READ_QUERY, poll)).toMatchObject({ next_offset: 1 });
  await handle.terminate();
});

test('a workflow that is cancelled is read until it has cleaned up, also by the official client', async () => {
  const { handle, stream } = await start('cleaningUp');
  const theirs = OfficialClient.create(worker.client, handle.workflowId);
  const official = collect(theirs.subscribe<string>([], 0, { resultType: true, pollCooldown: 0 }));
  const ours = collect(stream.subscribe<string>([], 0, { resultType: true }));
  await expect.poll(() => updatesOf(handle)).toBe(2);
  await handle.cancel();
  const said = ['running', 'cleaning up', 'cleaned up'];
  expect(values(await ours)).toEqual(said);
  expect(values(await official)).toEqual(said);
});

test.each([[{ topics: 'a', from_offset: 0 }], [{ topics: [], from_offset: -1 }], [undefined]])(
  'the malformed read and poll %j are refused with the reason, and the workflow goes on',
  async (input) => {
    const { handle, stream } = await start('hosting');
    await expect(handle.query(READ_QUERY, input)).rejects.toThrow('from_offset');
    const poll = handle.executeUpdate(POLL_UPDATE, { args: [input] });
    await expect(poll).rejects.toMatchObject({ cause: { type: 'InvalidPoll' } });
    expect(await stream.getOffset()).toBe(0);
    await handle.terminate();
  },
);
