import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/stream/log.js';
import { type Batch, hasRoom, join, numbered } from '../../../src/stream/publish/batching.js';
import { MAX_BATCH_BYTES } from '../../../src/stream/size.js';
import { jsonBytes } from '../model-host.js';

const entry = fc.record({
  topic: fc.constantFrom('a', '進捗', '"\\\n', '\ud83d'),
  // Long ones by repetition: what is in it is of no concern to a batch.
  data: fc.oneof(fc.nat(40), fc.nat(400_000)).map((length) => 'A'.repeat(length)),
});
const entries = fc.array(entry, { maxLength: 8 });

/** Puts entries into as few batches as the limits allow. */
function batched(list: Entry[], maxItems: number): Batch[] {
  const batches: Batch[] = [];
  for (const each of list) {
    const last = batches.at(-1);
    if (!last || !hasRoom(last, each, maxItems)) batches.push({ entries: [], bytes: 0 });
    join(batches.at(-1) as Batch, each);
  }
  return batches;
}

describe('a batch', () => {
  test('has at most so many items and bytes of JSON, unless it is a single item', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 5 }), (list, maxItems) => {
        const batches = batched(list, maxItems);
        expect(batches.flatMap((batch) => batch.entries)).toEqual(list);
        for (const each of batches) {
          expect(each.entries.length).toBeLessThanOrEqual(maxItems);
          const items = each.entries.map((item, offset) => ({ ...item, offset }));
          if (items.length > 1) expect(jsonBytes(items)).toBeLessThanOrEqual(MAX_BATCH_BYTES);
          expect(jsonBytes(items)).toBeLessThanOrEqual(each.bytes + 2);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('that is empty takes any item, however big', () => {
    const big = { topic: 'a', data: 'A'.repeat(MAX_BATCH_BYTES) };
    expect(hasRoom({ entries: [], bytes: 0 }, big, 1)).toBe(true);
  });
});

describe('numbers', () => {
  const by = { publisherId: 'p', numbersItems: false };

  test('follow one another, batch by batch or item by item', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 })), fc.nat(), (sizes, start) => {
        let batches = start;
        let items = start;
        for (const [i, size] of sizes.entries()) {
          const batch = { entries: Array(size).fill({ topic: 'a', data: '' }), bytes: 0 };
          batches = numbered(batch, batches, by).sequence;
          items = numbered(batch, items, { ...by, numbersItems: true }).sequence;
          expect(batches).toBe(start + i + 1);
        }
        expect(items).toBe(sizes.reduce((sum, size) => sum + size, start));
      }),
    );
  });

  test('of items are marked, and those of batches look as in official clients', () => {
    const batch = { entries: [{ topic: 'a', data: '' }], bytes: 0 };
    const plain = { items: batch.entries, publisher_id: 'p', sequence: 8 };
    expect(numbered(batch, 7, by)).toEqual(plain);
    expect(numbered(batch, 7, { ...by, numbersItems: true })).toEqual({
      ...plain,
      numbers_items: true,
    });
  });
});
