import { describe, expect, test } from 'vitest';
import { collect, eagerly, eventsOf, poll, take, takeValues, upTo, values } from './items.js';
import type { Stage } from './stage.js';
import * as workflows from './workflows.js';

/** Nine items that go round three topics. */
const round = upTo(9).map((n) => ({ publish: n, topic: 'abc'[n % 3] ?? '' }));

/** What readers may rely on. */
export function describeReading(stage: Stage): void {
  describe('reading', () => {
    test.each([
      [['a'], [0, 3, 6]],
      [['b'], [1, 4, 7]],
      [
        ['a', 'c'],
        [0, 2, 3, 5, 6, 8],
      ],
      [[], upTo(9)],
    ])(
      'the topics %j gives their items with the offsets of the whole stream',
      async (topics, offsets) => {
        const { stream } = await stage.start(workflows.hosting, round);
        const items = await take(stream.subscribe<number>(topics, 0, eagerly), offsets.length);
        expect(items.map(({ offset }) => offset)).toEqual(offsets);
        expect(values(items)).toEqual(offsets);
        expect(items.every(({ topic, data }) => topic === 'abc'[data % 3])).toBe(true);
      },
    );

    test('no topics is the same as all of them, and one topic is a list of one', async () => {
      const { stream } = await stage.start(workflows.hosting, round);
      const all = await take(stream.subscribe([], 0), 9);
      expect(await take(stream.subscribe(), 9)).toEqual(all);
      expect(await take(stream.subscribe(undefined, 4), 5)).toEqual(all.slice(4));
      const some = all.filter(({ topic }) => topic === 'b');
      expect(await take(stream.subscribe('b'), 3)).toEqual(some);
      expect(await take(stream.subscribe(['b']), 3)).toEqual(some);
    });

    test('a topic by its handle gives decoded values', async () => {
      const { stream } = await stage.start(workflows.hosting, round);
      const items = await take(stream.topic<number>('c').subscribe(3, { pollCooldown: 0 }), 2);
      expect(items).toEqual([
        { topic: 'c', data: 5, offset: 5 },
        { topic: 'c', data: 8, offset: 8 },
      ]);
    });

    test('begins where it is asked to, also between two items of its topic and at the end', async () => {
      const { stream } = await stage.start(workflows.hosting, round);
      expect(await takeValues(stream, 2, 7)).toEqual([7, 8]);
      expect(values(await take(stream.subscribe<number>('a', 4, eagerly), 1))).toEqual([6]);
      const atEnd = take(stream.subscribe<number>([], 9, eagerly), 1);
      stream.topic('a').publish('new');
      await stream.flush();
      expect(await atEnd).toEqual([{ topic: 'a', data: 'new', offset: 9 }]);
    });

    test('what is not there yet waits for it', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      const items = stream.subscribe<number>([], 0, eagerly);
      for (const n of upTo(4)) {
        const next = items.next();
        await handle.executeUpdate(workflows.performUpdate, { args: [[{ publish: n }]] });
        expect(await next).toMatchObject({ done: false, value: { data: n, offset: n } });
      }
      await items.return();
    });

    test('a topic that others drown out waits for its own items', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      const rare = take(stream.subscribe<string>('rare', 0, eagerly), 1);
      for (const n of upTo(3)) {
        const steps = upTo(5).map(() => ({ publish: n, topic: 'frequent' }));
        await handle.executeUpdate(workflows.performUpdate, { args: [steps] });
      }
      const steps = [{ publish: 'at last', topic: 'rare' }];
      await handle.executeUpdate(workflows.performUpdate, { args: [steps] });
      expect(await rare).toEqual([{ topic: 'rare', data: 'at last', offset: 15 }]);
    });

    test('by several subscriptions of one client gives each of them everything', async () => {
      const { stream } = await stage.start(workflows.hosting);
      const readers = [['a'], ['b'], ['a', 'b'], []].map((topics) =>
        take(stream.subscribe<number>(topics, 0, eagerly), topics.length === 1 ? 5 : 10),
      );
      for (const n of upTo(10)) {
        stream.topic<number>(n % 2 ? 'b' : 'a').publish(n);
        if (n % 3 === 2) await stream.flush();
      }
      await stream.flush();
      const [a, b, both, all] = (await Promise.all(readers)).map(values);
      expect(a).toEqual([0, 2, 4, 6, 8]);
      expect(b).toEqual([1, 3, 5, 7, 9]);
      expect(both).toEqual(upTo(10));
      expect(all).toEqual(upTo(10));
    });

    test('may be left after any item, and taken up again where it was left', async () => {
      const { stream } = await stage.start(workflows.hosting, round);
      const seen: number[] = [];
      while (seen.length < 8) {
        for (const item of await take(stream.subscribe<number>([], seen.length, eagerly), 2)) {
          expect(item.offset).toBe(seen.length);
          seen.push(item.data);
        }
      }
      expect(seen).toEqual(upTo(8));
    });

    test.each(['completes', 'is terminated'] as const)(
      'ends when the workflow %s and everything was read',
      async (ending) => {
        const { handle, stream } = await stage.start(workflows.hosting, [{ publish: 'only' }]);
        const items = stream.subscribe<string>([], 0, eagerly);
        expect((await items.next()).value).toMatchObject({ data: 'only' });
        const rest = collect(items);
        if (stage.host === 'official' || stage.client === 'official') {
          // Whoever polls gets the end only while its poll waits.
          await expect.poll(() => eventsOf(handle, 'WorkflowExecutionUpdateAccepted')).toBe(2);
        }
        if (ending === 'completes') await handle.signal(workflows.endSignal);
        if (ending === 'is terminated') await handle.terminate();
        expect(await rest).toEqual([]);
      },
    );

    test('more than one answer can hold gives it in several', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      for (const n of upTo(8)) {
        stream.topic('big').publish(`${n}${'x'.repeat(200_000)}`);
        await stream.flush();
      }
      const first = await poll(handle, 0);
      expect(first).toMatchObject({ more_ready: true, next_offset: first.items.length });
      expect(first.items.length).toBeLessThan(8);
      const rest = await poll(handle, 6);
      expect(rest).toMatchObject({ more_ready: false, next_offset: 8 });
      const items = await take(stream.subscribe<string>([], 0, eagerly), 8);
      expect(values(items).map((text) => text[0])).toEqual([...'01234567']);
    });
  });
}
