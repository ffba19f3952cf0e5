import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Held, Ring } from '../../../src/stream/relay/ring.js';

const entry = fc.record({ skipped: fc.nat(2), bytes: fc.nat(12) });

/** A ring and everything that was ever put into it. */
function filled(start: number, entries: { skipped: number; bytes: number }[]) {
  const ring = new Ring<Held>({ maxItems: 4, maxBytes: 20 }, start);
  const all: Held[] = [];
  for (const { skipped, bytes } of entries) {
    const held = { offset: ring.end + skipped, bytes };
    ring.push(held);
    all.push(held);
  }
  return { ring, all };
}

describe('a ring', () => {
  test('holds the newest entries that are within its bounds, or one that is larger than it', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.array(entry), (start, entries) => {
        const { ring, all } = filled(start, entries);
        const kept = all.filter(({ offset }) => offset >= ring.start);
        expect(ring.size).toBe(kept.length);
        expect(ring.bytes).toBe(kept.reduce((sum, { bytes }) => sum + bytes, 0));
        expect(ring.size).toBeLessThanOrEqual(4);
        if (ring.size > 1) expect(ring.bytes).toBeLessThanOrEqual(20);
        // Nothing was given up without need.
        const next = all.at(-kept.length - 1);
        if (next) expect(kept.length === 4 || ring.bytes + next.bytes > 20).toBe(true);
      }),
    );
  });

  test('finds the first entry at or after any offset', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1 }), fc.nat(60), (entries, offset) => {
        const { ring, all } = filled(0, entries);
        const kept = all.filter((held) => held.offset >= ring.start);
        expect(ring.find(offset)).toBe(kept.find((held) => held.offset >= offset));
      }),
    );
  });

  test('tells beforehand what it would have to give up', () => {
    fc.assert(
      fc.property(fc.array(entry), entry, (entries, more) => {
        const { ring } = filled(0, entries);
        const { start } = ring;
        const price = ring.priceOf(more.bytes);
        ring.push({ offset: ring.end, bytes: more.bytes });
        expect(ring.start).toBe(price === undefined ? start : price + 1);
      }),
    );
  });

  test('stays right over many thousands of entries', () => {
    const ring = new Ring<Held>({ maxItems: 10, maxBytes: 1_000 }, 0);
    for (let offset = 0; offset < 5_000; offset++) {
      ring.push({ offset, bytes: 1 });
      expect(ring.find(offset - 5)?.offset).toBe(Math.max(0, offset - 5));
    }
    expect([ring.start, ring.end, ring.size, ring.bytes]).toEqual([4_990, 5_000, 10, 10]);
  });
});
