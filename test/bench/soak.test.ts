import { expect, test } from 'vitest';
import { Tally } from '../../src/bench/soak.js';

function tally(numbers: readonly number[], published: number): Tally {
  const found = new Tally();
  for (const n of numbers) found.take(n);
  found.end(published);
  return found;
}

test('every item once is no gap and no duplicate', () => {
  const line = tally([0, 1, 2], 3).describe(2);
  expect(line).toBe('3 items, 2 rollovers, no gap, no duplicate');
});

test('items that never came are counted, also those at the end', () => {
  expect(tally([0, 3], 6)).toMatchObject({ gaps: 4, duplicates: 0 });
  expect(tally([], 2).describe(1)).toBe('0 items, 1 rollover, 2 items missing, no duplicate');
});

test('items that came again are counted, and hide no gap', () => {
  const again = tally([0, 1, 0, 1, 3], 4);
  expect(again).toMatchObject({ gaps: 1, duplicates: 2 });
  expect(again.describe(1)).toBe('5 items, 1 rollover, 1 item missing, 2 duplicates');
});
