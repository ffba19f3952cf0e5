/** What every cursor store must do, whatever its database: run on SQLite and on Postgres. */
import fc from 'fast-check';
import {
  addToInbox,
  type CursorStore,
  defineInbox,
  ORDERS,
  openCursorStore,
  take,
  tallyInbox,
} from 'streambook/pipeline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const RUNS = 20;

/**
 * Declares the tests.
 *
 * @param where - tells where the database is, once the tests' own set-up is done
 */
export function describeCursorStore(name: string, where: () => string): void {
  describe(name, () => {
    let store: CursorStore;
    beforeAll(async () => {
      store = await openCursorStore(where());
      await defineInbox(store.database);
    });
    afterAll(() => store.close());

    const newRun = () => crypto.randomUUID();
    const tally = (user: string, run: string) => tallyInbox(store.database.query, user, run);

    test('who has never been here starts at 0', async () => {
      expect(await store.load('ada', newRun())).toBe(0);
    });

    test('a place is kept by user and run, also for another connection', async () => {
      const run = newRun();
      await store.save('ada', run, 2);
      await store.save('bob', run, 5);
      const another = await openCursorStore(where());
      expect(await another.load('ada', run)).toBe(2);
      expect(await another.load('bob', run)).toBe(5);
      expect(await another.load('ada', newRun())).toBe(0);
      await another.close();
    });

    test('a cursor goes to the furthest offset that was ever stored, and never back', async () => {
      const offsets = fc.array(fc.nat(Number.MAX_SAFE_INTEGER), { minLength: 1, maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(offsets, async (saves) => {
          const run = newRun();
          for (const offset of saves) await store.save('ada', run, offset);
          expect(await store.load('ada', run)).toBe(Math.max(...saves));
        }),
        { numRuns: RUNS },
      );
    });

    test('an effect that fails leaves neither itself nor a moved cursor', async () => {
      const run = newRun();
      const line = { user: 'ada', run, offset: 0, text: 'hello' };
      const failing = store.saveWith('ada', run, 1, async (query) => {
        await addToInbox(query, line);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await store.load('ada', run)).toBe(0);
      expect(await tally('ada', run)).toEqual(new Map());
      // And the connection is fit for more.
      expect(await store.saveWith('ada', run, 1, (query) => addToInbox(query, line))).toBe(true);
      expect(await tally('ada', run)).toEqual(new Map([[0, 1]]));
    });

    test('two readers of one place at the same time cause each effect once', async () => {
      const run = newRun();
      const other = await openCursorStore(where());
      const read = async ({ saveWith }: CursorStore) => {
        let count = 0;
        for (let offset = 0; offset < 20; offset++) {
          const line = { user: 'ada', run, offset, text: 'hello' };
          if (await saveWith('ada', run, offset + 1, (query) => addToInbox(query, line))) count++;
        }
        return count;
      };
      const [first, second] = await Promise.all([read(store), read(other)]);
      await other.close();
      expect(first + second).toBe(20);
      expect(await tally('ada', run)).toEqual(
        new Map(Array.from({ length: 20 }, (_, i) => [i, 1])),
      );
    });

    test('a statement beside a transaction is no part of it', async () => {
      const run = newRun();
      let saved: Promise<void> | undefined;
      const failing = store.saveWith('ada', run, 1, async () => {
        saved = store.save('bob', run, 9);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await saved;
      expect(await store.load('bob', run)).toBe(9);
    });

    test.each(ORDERS)('without a crash, %s causes each effect once', async (order) => {
      const run = newRun();
      for (let offset = 0; offset < 3; offset++) {
        const line = { user: 'ada', run, offset, text: 'hello' };
        const effect = (query: typeof store.database.query) => addToInbox(query, line);
        await take(store, order, { user: 'ada', run, offset, effect });
      }
      expect(await store.load('ada', run)).toBe(3);
      expect([...(await tally('ada', run)).values()]).toEqual([1, 1, 1]);
    });

    test.each([
      { order: 'store-first', story: 'loses the effect', cursor: 1, lines: 0 },
      { order: 'effect-first', story: 'will repeat the effect', cursor: 0, lines: 1 },
      { order: 'together', story: 'has done nothing yet', cursor: 0, lines: 0 },
    ] as const)('half-way, $order $story', async ({ order, cursor, lines }) => {
      const run = newRun();
      const line = { user: 'ada', run, offset: 0, text: 'hello' };
      const half = take(store, order, {
        ...line,
        effect: (query) => addToInbox(query, line),
        halfWay: () => {
          throw new Error('the power is cut');
        },
      });
      await expect(half).rejects.toThrow('the power is cut');
      expect(await store.load('ada', run)).toBe(cursor);
      expect((await tally('ada', run)).get(0) ?? 0).toBe(lines);
    });
  });
}
