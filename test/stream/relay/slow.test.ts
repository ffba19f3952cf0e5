/** Consumers that are slower than the stream, gaps, and what a consumer may do when it is told of one. */
import type { Gap, Subscription } from 'streambook/client';
import { describe, expect, test } from 'vitest';
import { FakeStream, range, rest, take, turn } from './fake-stream.js';

function streamOf(count: number): FakeStream {
  const stream = new FakeStream();
  stream.publish(...range(0, count));
  return stream;
}

describe('a consumer that does not take its items', () => {
  test('holds the reading back when it waits, and loses nothing', async () => {
    const stream = streamOf(50);
    const relay = stream.relay({ maxItems: 5 });
    const [quick, slow] = [relay.subscribe(), relay.subscribe()];
    const taken = take(quick, 50);
    await turn();
    // Five in the ring, and one in hand that has no room.
    expect(stream.opened).toMatchObject([{ read: 6 }]);
    expect(await take(slow, 50)).toEqual(range(0, 50));
    expect(await taken).toEqual(range(0, 50));
  });

  test('holds nobody back for items of topics that it does not want', async () => {
    const stream = streamOf(50);
    const relay = stream.relay({ maxItems: 5 });
    const other = relay.subscribe('b');
    expect(await take(relay.subscribe(), 50)).toEqual(range(0, 50));
    stream.publishOn('b', 'at last');
    expect(await take(other, 1)).toEqual([50]);
  });

  test('holds nobody back once it has what it wants of the past', async () => {
    const stream = new FakeStream();
    for (const n of range(0, 40)) stream.publishOn(n === 33 ? 'b' : 'a', n);
    const relay = stream.relay({ maxItems: 5 });
    const early = relay.subscribe([], 0, { slow: 'skip' });
    await take(early, 40);
    const [other, late] = [relay.subscribe(), relay.subscribe('b')];
    await take(other, 40);
    await other.return();
    expect(await take(late, 1)).toEqual([33]);
    stream.publish(...range(40, 60));
    expect(await take(early, 20)).toEqual(range(40, 60));
  });

  test('holds the reading back no longer when it leaves', async () => {
    const relay = streamOf(50).relay({ maxItems: 5 });
    const [quick, slow] = [relay.subscribe(), relay.subscribe()];
    const taken = take(quick, 50);
    await turn();
    await slow.return();
    expect(await taken).toEqual(range(0, 50));
  });

  test('skips to what is left, and is told so', async () => {
    const relay = streamOf(50).relay({ maxItems: 5 });
    const gaps: Gap[] = [];
    const slow = relay.subscribe([], 2, {
      slow: 'skip',
      gap: 'error',
      onGap: (gap) => gaps.push(gap),
    });
    expect(await take(relay.subscribe(), 50)).toEqual(range(0, 50));
    expect(await take(slow, 5)).toEqual(range(45, 50));
    expect(gaps).toEqual([{ from: 2, to: 45 }]);
  });

  test('is dropped, told where to come back, and keeps nothing open', async () => {
    const stream = streamOf(3);
    const relay = stream.relay({ maxItems: 5 });
    const slow = relay.subscribe([], 0, { slow: 'drop' });
    expect(await take(slow, 2)).toEqual([0, 1]);
    stream.publish(...range(3, 50));
    await turn();
    expect(relay.consumers).toBe(0);
    expect(stream.open).toEqual([]);
    await expect(slow.next()).rejects.toMatchObject({
      name: 'StreamError',
      type: 'TooSlow',
      message: expect.stringContaining('Subscribe from 2 '),
    });
    expect((await slow.next()).done).toBe(true);
    expect(await take(relay.subscribe([], 2), 3)).toEqual([2, 3, 4]);
  });

  test('is nobody’s concern within the bytes that the relay may hold, and an item over them goes alone', async () => {
    const stream = new FakeStream();
    stream.publish(...range(0, 3).map((n) => `${n}`.repeat(100)), 'x'.repeat(1_000), 'y');
    const relay = stream.relay({ maxBytes: 500 });
    const slow = relay.subscribe([], 0, { slow: 'skip' });
    await take(relay.subscribe([], 0, { slow: 'skip' }), 5);
    expect(await take(slow, 1)).toEqual([4]);
    const waits = relay.subscribe();
    expect(await take(waits, 5)).toEqual(range(0, 5));
  });

  test('skips also in the past, which is read as fast as the fastest wants it', async () => {
    const stream = streamOf(40);
    const relay = stream.relay({ maxItems: 5 });
    await take(relay.subscribe([], 0, { slow: 'skip' }), 40);
    const gaps: Gap[] = [];
    const [quick, slow, dropped] = [
      relay.subscribe(),
      relay.subscribe([], 0, { slow: 'skip', onGap: (gap) => gaps.push(gap) }),
      relay.subscribe([], 0, { slow: 'drop' }),
    ];
    expect(await take(quick, 10)).toEqual(range(0, 10));
    expect(await take(slow, 3)).toEqual([5, 6, 7]);
    expect(gaps).toEqual([{ from: 0, to: 5 }]);
    expect(await rest(dropped)).toMatchObject({ seen: [], error: { type: 'TooSlow' } });
    await quick.return();
    expect(await take(slow, 32)).toEqual(range(8, 40));
  });
});

describe('items that the stream has forgotten', () => {
  test('are told to those whom they concern, in their place', async () => {
    const stream = streamOf(4);
    const relay = stream.relay();
    const told: Record<string, unknown[]> = { atEnd: [], behind: [], after: [], ahead: [] };
    const follow = (name: string, from: number) =>
      relay.subscribe([], from, { onGap: (gap) => told[name]?.push(gap) });
    const [atEnd, behind, ahead] = [follow('atEnd', 0), follow('behind', 0), follow('ahead', 30)];
    await take(atEnd, 4);
    const next = atEnd.next();
    // The base moves while the reader is away: what it finds is a gap, and then an item.
    stream.truncate(10);
    stream.publish(...range(4, 12));
    expect((await next).value?.offset).toBe(10);
    const after = follow('after', 6);
    expect(await take(after, 1)).toEqual([10]);
    const read = [];
    for (let i = 0; i < 5; i++) read.push((await behind.next()).value?.offset, told.behind?.length);
    expect(read).toEqual([0, 0, 1, 0, 2, 0, 3, 0, 10, 1]);
    expect(told).toEqual({
      atEnd: [{ from: 4, to: 10 }],
      behind: [{ from: 4, to: 10 }],
      after: [{ from: 6, to: 10 }],
      ahead: [],
    });
    await ahead.return();
  });

  test('are told while the consumer waits, before anything else comes', async () => {
    const stream = streamOf(1);
    const gaps: Gap[] = [];
    const items = stream.relay().subscribe([], 0, { onGap: (gap) => gaps.push(gap) });
    await take(items, 1);
    const next = items.next();
    await turn();
    stream.truncate(5);
    await turn();
    expect(gaps).toEqual([{ from: 1, to: 5 }]);
    await items.return();
    expect((await next).done).toBe(true);
  });

  test('end a consumer that wants no gap, and no other', async () => {
    const stream = streamOf(12);
    stream.truncate(10);
    const relay = stream.relay();
    const strict = rest(relay.subscribe([], 3, { gap: 'error' }));
    const begins = relay.subscribe([], 0, { gap: 'error' });
    expect(await strict).toMatchObject({
      seen: [],
      error: { type: 'Gap', message: expect.stringMatching('Offsets 3 to 9 .* Subscribe from 10') },
    });
    expect(await take(begins, 2)).toEqual([10, 11]);
  });

  test('are no gap as far as the ring still holds them', async () => {
    const stream = streamOf(20);
    const relay = stream.relay({ maxItems: 5 });
    await take(relay.subscribe([], 0, { slow: 'skip' }), 20);
    stream.truncate(18);
    const gaps: Gap[] = [];
    const late = relay.subscribe([], 3, { onGap: (gap) => gaps.push(gap) });
    expect(await take(late, 5)).toEqual(range(15, 20));
    expect(gaps).toEqual([{ from: 3, to: 15 }]);
    expect(await take(relay.subscribe(), 5)).toEqual(range(15, 20));
  });
});

describe('a consumer that is told of a gap', () => {
  const forgetful = () => {
    const stream = streamOf(12);
    stream.truncate(10);
    return { stream, relay: stream.relay() };
  };

  test('may leave', async () => {
    const { stream, relay } = forgetful();
    const items: Subscription<unknown> = relay.subscribe([], 3, {
      onGap: () => void items.return(),
    });
    expect(await rest(items)).toEqual({ seen: [] });
    expect(relay.consumers).toBe(0);
    expect(stream.open).toEqual([]);
  });

  test('may send others away and subscribe anew', async () => {
    const { relay } = forgetful();
    const other = relay.subscribe([], 4);
    const added: Promise<number[]>[] = [];
    const items = relay.subscribe([], 3, {
      onGap: () => {
        void other.return();
        added.push(take(relay.subscribe([], 11), 1), take(relay.subscribe(), 2));
      },
    });
    const [waiting, taken] = [rest(other), take(items, 2)];
    expect(await taken).toEqual([10, 11]);
    expect(await waiting).toEqual({ seen: [] });
    expect(await Promise.all(added)).toEqual([[11], [10, 11]]);
  });

  test('may ask for more', async () => {
    const { relay } = forgetful();
    const more: Promise<IteratorResult<{ offset: number }>>[] = [];
    const items: Subscription<unknown> = relay.subscribe([], 3, {
      onGap: () => more.push(items.next()),
    });
    expect(await take(items, 1)).toEqual([10]);
    expect((await more[0])?.value?.offset).toBe(11);
  });

  test('may throw, which ends it and no other', async () => {
    const { relay } = forgetful();
    const other = take(relay.subscribe([], 4), 2);
    const error = new Error('no gaps please');
    const items = relay.subscribe([], 3, {
      onGap: () => {
        throw error;
      },
    });
    expect(await rest(items)).toEqual({ seen: [], error });
    expect(await other).toEqual([10, 11]);
  });
});
