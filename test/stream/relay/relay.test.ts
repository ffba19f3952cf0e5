import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { FakeStream, range, rest, take, turn } from './fake-stream.js';

/** A stream with so many items. */
function streamOf(count: number): FakeStream {
  const stream = new FakeStream();
  stream.publish(...range(0, count));
  return stream;
}

describe('consumers of one relay', () => {
  test('share one subscription, each with its own offset and topics', async () => {
    const stream = new FakeStream();
    for (const n of range(0, 6)) stream.publishOn(n % 2 ? 'odd' : 'even', n);
    stream.end();
    const relay = stream.relay();
    const all = rest(relay.subscribe());
    const odd = rest(relay.subscribe('odd', 2));
    const both = rest(relay.subscribe(['odd', 'even'], 4));
    expect(relay.consumers).toBe(3);
    expect(await all).toEqual({ seen: range(0, 6) });
    expect(await odd).toEqual({ seen: [3, 5] });
    expect(await both).toEqual({ seen: [4, 5] });
    expect(stream.opened).toMatchObject([{ from: 0, read: 6 }]);
    expect(relay.consumers).toBe(0);
  });

  test('learn how the workflow ended, each after its last item', async () => {
    const stream = streamOf(2);
    const relay = stream.relay();
    const [quick, late] = [relay.subscribe(), relay.subscribe()];
    expect(await take(quick, 2)).toEqual([0, 1]);
    stream.end('TERMINATED');
    expect(await rest(quick)).toEqual({ seen: [] });
    expect([quick.status, late.status]).toEqual(['TERMINATED', undefined]);
    expect(await rest(late)).toEqual({ seen: [0, 1] });
    expect(late.status).toBe('TERMINATED');
  });

  test('get an error of the subscription, each after its last item', async () => {
    const stream = streamOf(2);
    const relay = stream.relay();
    const waiting = rest(relay.subscribe());
    const late = relay.subscribe();
    const error = new Error('lost for good');
    stream.fail(error);
    expect(await waiting).toEqual({ seen: [0, 1], error });

    // Who comes now tries again, also while somebody has yet to hear of it.
    stream.recover();
    const next = relay.subscribe();
    expect(await take(next, 2)).toEqual([0, 1]);
    expect(await rest(late)).toEqual({ seen: [0, 1], error });
    expect(relay.consumers).toBe(1);
    await next.return();
    expect(stream.open).toEqual([]);
  });

  test('share decoded values, and only who decodes fails at what cannot be decoded', async () => {
    const stream = new FakeStream();
    stream.publish({ n: 1 });
    stream.publishPayload('b', { metadata: {}, data: new Uint8Array([1]) });
    stream.publish({ n: 2 });
    stream.end();
    const relay = stream.relay();
    const typed = () => relay.subscribe<{ n: number }>(undefined, 0, { resultType: true });
    const [one, two, raw] = [typed(), typed(), relay.subscribe()];
    const onA = rest(relay.subscribe('a', 0, { resultType: true }));
    const first = await one.next();
    expect(first.value?.data).toEqual({ n: 1 });
    expect((await two.next()).value?.data).toBe(first.value?.data);
    await expect(one.next()).rejects.toMatchObject({
      type: 'Undecodable',
      message: expect.stringContaining('Subscribe from 2'),
    });
    expect((await one.next()).done).toBe(true);
    await expect(two.next()).rejects.toMatchObject({ type: 'Undecodable' });
    expect(await rest(raw)).toEqual({ seen: [0, 1, 2] });
    expect(await onA).toEqual({ seen: [0, 2] });
    expect(stream.decodings).toBe(3);
  });

  test('that ask several times at once get the items in order', async () => {
    const stream = streamOf(1);
    const items = stream.relay().subscribe();
    const asked = Promise.all([items.next(), items.next(), items.next()]);
    await turn();
    stream.publish(1);
    stream.end();
    expect((await asked).map(({ value }) => value?.offset)).toEqual([0, 1, undefined]);
  });
});

describe('a consumer that leaves', () => {
  test.each(['return', 'abort', 'throw'] as const)(
    'by %s while it waits is gone at once',
    async (how) => {
      const relay = streamOf(0).relay();
      const stop = new AbortController();
      const items = relay.subscribe([], 0, { signal: stop.signal });
      const waiting = [items.next(), items.next()];
      await turn();
      if (how === 'abort') stop.abort();
      if (how === 'return') await items.return();
      if (how === 'throw') await expect(items.throw(new Error('mine'))).rejects.toThrow('mine');
      expect(relay.consumers).toBe(0);
      expect(await Promise.all(waiting)).toEqual(Array(2).fill({ done: true, value: undefined }));
      expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
      expect(items.status).toBeUndefined();
    },
  );

  test('by break frees its place, and the others go on', async () => {
    const stream = streamOf(3);
    const relay = stream.relay();
    const stays = relay.subscribe();
    for await (const _ of relay.subscribe()) break;
    expect(relay.consumers).toBe(1);
    expect(await take(stays, 3)).toEqual([0, 1, 2]);
    expect(stream.open).toHaveLength(1);
  });

  test('as the last one ends the subscription, and the next one opens another', async () => {
    const stream = streamOf(2);
    const relay = stream.relay();
    const first = relay.subscribe();
    await take(first, 1);
    await first.return();
    expect(stream.open).toEqual([]);
    const next = relay.subscribe([], 1);
    expect(await take(next, 1)).toEqual([1]);
    expect(stream.open).toMatchObject([{ from: 1 }]);
  });

  test('before anything was read costs no subscription', async () => {
    const stream = streamOf(1);
    const relay = stream.relay();
    await relay.subscribe().return();
    expect((await relay.subscribe([], 0, { signal: AbortSignal.abort() }).next()).done).toBe(true);
    await turn();
    expect(stream.opened).toEqual([]);
    expect(relay.consumers).toBe(0);
  });
});

describe('who comes late', () => {
  test('and wants what the ring holds costs no subscription', async () => {
    const stream = streamOf(5);
    const relay = stream.relay();
    const early = relay.subscribe();
    await take(early, 5);
    expect(await take(relay.subscribe(), 5)).toEqual(range(0, 5));
    expect(await take(relay.subscribe([], 3), 2)).toEqual([3, 4]);
    expect(stream.opened).toHaveLength(1);
  });

  test('and wants more shares one reading of the past, and goes over without gap or duplicate', async () => {
    const stream = streamOf(20);
    const relay = stream.relay({ maxItems: 5 });
    const early = relay.subscribe();
    await take(early, 20);
    const late = range(0, 50).map((n) => relay.subscribe([], n % 10));
    const read = Promise.all(late.map((items, n) => take(items, 40 - (n % 10))));
    await turn();
    expect(stream.opened).toMatchObject([{ from: 0 }, { from: 0 }]);
    stream.publish(...range(20, 40));
    // The early one takes nothing meanwhile, so the live reading is held up.
    await turn();
    expect(stream.open).toHaveLength(1);
    const rest = take(early, 20);
    expect(await read).toEqual(range(0, 50).map((n) => range(n % 10, 40)));
    expect(await rest).toEqual(range(20, 40));
    expect(stream.opened).toHaveLength(2);
  });

  test('while the past is read joins that, or shares the next reading with others', async () => {
    const stream = streamOf(40);
    const relay = stream.relay({ maxItems: 5 });
    await take(relay.subscribe([], 0, { slow: 'skip' }), 40);
    const first = relay.subscribe();
    expect(await take(first, 10)).toEqual(range(0, 10));
    const joins = relay.subscribe([], 8);
    const gathers = [relay.subscribe(), relay.subscribe([], 2)];
    const taken = gathers.map((items) => take(items, 3));
    expect(await take(joins, 3)).toEqual([8, 9, 10]);
    expect(stream.opened).toHaveLength(2);
    const drained = [take(first, 30), take(joins, 29)];
    expect(await Promise.all(drained)).toEqual([range(10, 40), range(11, 40)]);
    expect(await Promise.all(taken)).toEqual([range(0, 3), range(2, 5)]);
    expect(stream.opened).toHaveLength(3);
    expect(stream.open).toHaveLength(2);
  });

  test('is not kept waiting by somebody who reads the past and has stopped', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const stream = streamOf(40);
      const relay = stream.relay({ maxItems: 5 });
      await take(relay.subscribe([], 0, { slow: 'skip' }), 40);
      const stopped = relay.subscribe();
      await take(stopped, 10);
      const late = relay.subscribe([], 0, { slow: 'skip' });
      const taken = take(late, 5);
      await turn();
      vi.advanceTimersByTime(1_000);
      expect(await taken).toEqual(range(0, 5));
      expect(stream.open).toHaveLength(2);
      // They share the reading now; who had stopped goes on where it was.
      const both = [take(late, 35), take(stopped, 30)];
      expect(await Promise.all(both)).toEqual([range(5, 40), range(10, 40)]);
      expect(stream.open).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  test('behind a consumer that is ahead of the stream does not cost a second live subscription', async () => {
    const stream = streamOf(5);
    const relay = stream.relay({ maxItems: 5 });
    const ahead = take(relay.subscribe([], 7), 2);
    await turn();
    const late = relay.subscribe();
    expect(await take(late, 5)).toEqual(range(0, 5));
    const rest = take(late, 4);
    await turn();
    expect(stream.open).toMatchObject([{ from: 5 }]);
    stream.publish(...range(5, 9));
    expect(await ahead).toEqual([7, 8]);
    expect(await rest).toEqual(range(5, 9));
  });

  test('and leaves during the catch-up ends it when it was the only one', async () => {
    const stream = streamOf(40);
    const relay = stream.relay({ maxItems: 5 });
    await take(relay.subscribe([], 0, { slow: 'skip' }), 40);
    const stop = new AbortController();
    const [one, two] = [relay.subscribe([], 0, { signal: stop.signal }), relay.subscribe()];
    await take(two, 3);
    stop.abort();
    expect((await one.next()).done).toBe(true);
    expect(stream.open).toHaveLength(2);
    expect(await take(two, 2)).toEqual([3, 4]);
    await two.return();
    expect(stream.open).toMatchObject([{ read: 40 }]);
    expect(relay.consumers).toBe(1);
  });

  test('gets everything and the status when the stream ends during the catch-up', async () => {
    const stream = streamOf(40);
    const relay = stream.relay({ maxItems: 5 });
    const early = relay.subscribe([], 0, { slow: 'skip' });
    await take(early, 40);
    const late = relay.subscribe();
    await take(late, 3);
    stream.publish(40);
    stream.end('FAILED');
    expect(await rest(early)).toEqual({ seen: [40] });
    expect(await rest(late)).toEqual({ seen: range(3, 41) });
    expect(late.status).toBe('FAILED');
    expect(stream.open).toEqual([]);
  });

  test('gets what the ring holds, and then the error, when the stream fails during the catch-up', async () => {
    const stream = streamOf(40);
    const relay = stream.relay({ maxItems: 5 });
    const early = relay.subscribe([], 0, { slow: 'skip' });
    await take(early, 40);
    const late = relay.subscribe();
    await take(late, 3);
    const error = new Error('lost for good');
    stream.fail(error);
    expect(await rest(early)).toEqual({ seen: [], error });
    expect(await rest(late)).toEqual({ seen: range(3, 40), error });
    expect(relay.consumers).toBe(0);
  });

  test('gets an error of the reading of the past, which is not one of the others', async () => {
    const stream = streamOf(40);
    const relay = stream.relay({ maxItems: 5 });
    const early = relay.subscribe([], 0, { slow: 'skip' });
    await take(early, 40);
    const opens = vi.spyOn(stream, 'subscribe').mockImplementationOnce(() => {
      throw new Error('no second one');
    });
    expect(await rest(relay.subscribe())).toMatchObject({ error: { message: 'no second one' } });
    expect(opens).toHaveBeenCalledTimes(1);
    const next = take(early, 1);
    stream.publish(40);
    expect(await next).toEqual([40]);
  });
});

test('refuses an offset that is none, and to hold nothing', () => {
  const stream = streamOf(0);
  for (const from of [-1, 1.5, Number.NaN]) {
    expect(() => stream.relay().subscribe([], from)).toThrow(
      expect.objectContaining({ type: 'InvalidOffset' }),
    );
  }
  for (const options of [{ maxItems: 0 }, { maxBytes: Number.NaN }]) {
    expect(() => stream.relay(options)).toThrow(RangeError);
  }
});
