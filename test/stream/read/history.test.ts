import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextPageSize } from '../../../src/stream/read/history.ts';

const MEGABYTE = 1024 * 1024;

describe('a page of history, for a reader who has caught up,', () => {
  test('doubles while it comes back full and small', () => {
    let size = 2;
    for (let page = 0; page < 10; page++) size = nextPageSize(size, { events: size, bytes: 500 });
    expect(size).toBe(200);
  });

  test('is small again when a burst has passed', () => {
    expect(nextPageSize(128, { events: 3, bytes: 500 })).toBe(2);
  });

  test('does not grow where events are large, and shrinks at once where they are too large', () => {
    expect(nextPageSize(4, { events: 4, bytes: MEGABYTE / 2 })).toBe(4);
    expect(nextPageSize(64, { events: 64, bytes: 2 * MEGABYTE })).toBe(2);
  });

  test('holds what a client can receive, however large events become from one page to the next', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 2 * MEGABYTE }), { maxLength: 50 });
    fc.assert(
      fc.property(sizes, (bytesOfEach) => {
        let size = 2;
        for (const each of bytesOfEach) {
          expect(size).toBeGreaterThanOrEqual(2);
          // What this page was sized by is the page before; events of the same size must fit into the next.
          const next = nextPageSize(size, { events: size, bytes: size * each });
          if (next > 2) expect(next * each).toBeLessThanOrEqual(MEGABYTE);
          size = next;
        }
      }),
    );
  });
});
