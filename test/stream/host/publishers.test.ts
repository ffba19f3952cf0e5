import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/stream/host/batch.js';
import { type PublisherState, publisherState } from '../../../src/stream/host/publisher-state.js';
import { Publishers } from '../../../src/stream/host/publishers.js';

const TTL = 60;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

/** A batch whose last item, or which itself, has the number `sequence`. */
function batch(publisherId: string, sequence: number, { items = 1, numbersItems = false } = {}) {
  const first = sequence - items + 1;
  const entries = upTo(items).map((i) => ({ topic: 'n', data: String(first + i) }));
  return { publisherId, sequence, numbersItems, entries, refused: 0 } satisfies Batch;
}
const ids = (publishers: Publishers, now: number) =>
  Object.keys(publisherState(publishers, Number.POSITIVE_INFINITY, now).publisher_sequences);

describe('a batch', () => {
  test('without a publisher is taken each time', () => {
    const publishers = new Publishers(TTL);
    for (let i = 0; i < 2; i++) expect(publishers.admit(batch('', 1), 0)).toHaveLength(1);
    expect(ids(publishers, 0)).toEqual([]);
  });

  test('of one publisher is not taken for one of another', () => {
    const publishers = new Publishers(TTL);
    for (const id of ['a', 'b', '__proto__', 'constructor']) {
      expect(publishers.admit(batch(id, 1), 0)).toHaveLength(1);
      expect(publishers.admit(batch(id, 1), 0)).toEqual([]);
    }
  });

  test('with a refused item is taken whole, since the numbers of the others are unknown', () => {
    const publishers = new Publishers(TTL);
    publishers.admit(batch('a', 3, { items: 3, numbersItems: true }), 0);
    const spoilt = { ...batch('a', 5, { items: 3, numbersItems: true }), refused: 1 };
    expect(publishers.admit(spoilt, 0)).toEqual(spoilt.entries);
  });

  test('that was cut differently brings each item once', () => {
    const cut = fc.record({ back: fc.nat(9), items: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.array(cut), (cuts) => {
        const publishers = new Publishers(TTL);
        const taken: string[] = [];
        for (const { back, items } of cuts) {
          const first = Math.max(1, taken.length + 1 - back);
          const each = batch('a', first + items - 1, { items, numbersItems: true });
          taken.push(...publishers.admit(each, 0).map(({ data }) => data));
          expect(taken).toEqual(upTo(taken.length).map((i) => String(i + 1)));
        }
      }),
    );
  });
});

describe('publishers that fell silent', () => {
  test('are forgotten once more than a thousand are known, and others never', () => {
    const publishers = new Publishers(TTL);
    for (const i of upTo(1_000)) publishers.admit(batch(`old ${i}`, 1), i < 900 ? 0 : 30);
    expect(ids(publishers, TTL)).toHaveLength(1_000);
    publishers.admit(batch('new', 1), TTL);
    const left = ['new', ...upTo(100).map((i) => `old ${900 + i}`)];
    expect(ids(publishers, TTL)).toEqual(left);
    expect(publishers.admit(batch('old 900', 1), TTL)).toEqual([]);
    expect(publishers.admit(batch('old 0', 1), TTL)).toHaveLength(1);
  });

  test('are looked for again only when twice as many are known', () => {
    const publishers = new Publishers(TTL);
    for (const i of upTo(1_001)) publishers.admit(batch(`p ${i}`, 1), 0);
    for (const i of upTo(1_001)) publishers.admit(batch(`q ${i}`, 1), TTL);
    expect(ids(publishers, TTL)).toHaveLength(2_002);
    publishers.admit(batch('one more', 1), TTL);
    expect(ids(publishers, TTL)).toHaveLength(1_002);
  });

  test('are left out of what the next run is told', () => {
    const publishers = new Publishers(TTL);
    publishers.admit(batch('silent', 4), 0);
    publishers.admit(batch('__proto__', 5), 1);
    expect(JSON.stringify(publisherState(publishers, TTL, TTL))).toBe(
      '{"publisher_sequences":{"__proto__":5},"publisher_last_seen":{"__proto__":1}}',
    );
    expect(publisherState(publishers, TTL, TTL + 1).publisher_sequences).toEqual({});
  });
});

describe('what the run before knew', () => {
  test('is gone on with', () => {
    const before = new Publishers(TTL);
    for (const id of ['a', '__proto__']) before.admit(batch(id, 7), 10);
    const state = JSON.parse(JSON.stringify(publisherState(before, TTL, 10))) as PublisherState;
    const after = new Publishers(TTL, state);
    for (const id of ['a', '__proto__']) {
      expect(after.admit(batch(id, 7), 20)).toEqual([]);
      expect(after.admit(batch(id, 8), 20)).toHaveLength(1);
    }
    expect(publisherState(after, TTL, 20)).toEqual({
      publisher_sequences: Object.fromEntries([
        ['a', 8],
        ['__proto__', 8],
      ]),
      publisher_last_seen: Object.fromEntries([
        ['a', 20],
        ['__proto__', 20],
      ]),
    });
  });

  test('may be anything, and what makes sense of it is used', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (publisher_sequences, publisher_last_seen) => {
        const state = { publisher_sequences, publisher_last_seen } as unknown as PublisherState;
        const publishers = new Publishers(TTL, state);
        expect(publishers.admit(batch('never seen', 1), 0)).toHaveLength(1);
        publisherState(publishers, TTL, 0);
      }),
    );
    expect(ids(new Publishers(TTL, null), 0)).toEqual([]);
    const sequences = { good: 2, text: '2', negative: -2, half: 0.5 } as object;
    const publishers = new Publishers(TTL, {
      publisher_sequences: sequences as Record<string, number>,
    });
    expect(ids(publishers, 0)).toEqual(['good']);
  });
});
