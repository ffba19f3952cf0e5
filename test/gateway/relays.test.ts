import type { WorkflowStreamClient } from 'streambook/client';
import { expect, test } from 'vitest';
import { Relays } from '../../src/gateway/relays.ts';
import { FakeStream, range } from '../stream/relay/fake-stream.ts';

/** Streams of three items that go on, and the relays that read them. */
function watched(max?: number) {
  const streams = new Map<string, FakeStream>();
  const relays = new Relays((id) => {
    const stream = new FakeStream();
    stream.publish(...range(0, 3));
    streams.set(id, stream);
    return stream as unknown as WorkflowStreamClient;
  }, max);
  /** Reads the first item, and leaves when told. */
  const read = async (id: string) => {
    const left = new AbortController();
    const reading = relays.read(id, [], 0, left.signal);
    await reading.next();
    return async () => {
      left.abort();
      expect((await reading.next()).done).toBe(true);
    };
  };
  return { relays, streams, read };
}

test('all who watch a stream share one reader of it', async () => {
  const { relays, streams, read } = watched();
  await Promise.all([read('a'), read('a'), read('a')]);
  await read('b');
  expect(relays.size).toBe(2);
  expect(streams.get('a')?.opened).toHaveLength(1);
});

test('a relay is let go when its last reader has left, and no sooner', async () => {
  const { relays, streams, read } = watched();
  const [first, second] = await Promise.all([read('a'), read('a')]);
  await first?.();
  expect(relays.has('a')).toBe(true);
  await second?.();
  expect(relays.has('a')).toBe(false);
  expect(streams.get('a')?.open).toEqual([]);
});

test('a relay is let go when its stream has ended', async () => {
  const { relays, streams } = watched();
  const offsets: unknown[] = [];
  for await (const reading of relays.read('a', [], 0, new AbortController().signal)) {
    offsets.push('offset' in reading && reading.offset);
    if (offsets.length === 3) streams.get('a')?.end();
  }
  expect(offsets).toEqual([0, 1, 2]);
  expect(relays.size).toBe(0);
});

test('a new stream finds no room when there are too many, and one that is watched always does', async () => {
  const { relays, read } = watched(1);
  expect(relays.isFull('a')).toBe(false);
  const leave = await read('a');
  expect([relays.isFull('a'), relays.isFull('b')]).toEqual([false, true]);
  await leave();
  expect(relays.isFull('b')).toBe(false);
});
