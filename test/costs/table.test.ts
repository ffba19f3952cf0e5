import { expect, test } from 'vitest';
import { durationOf } from '../../src/costs/duration.js';
import { estimate } from '../../src/costs/estimate.js';
import { costsTable, inBytes, inWords, wallLines } from '../../src/costs/table.js';

test('the table has a column for each plan, and says which wall comes first and when', () => {
  const plan = { readers: 4, seconds: 600 };
  const lines = costsTable({
    quiet: estimate(plan),
    official: estimate({ ...plan, wait: 'official' }),
  }).split('\n');
  const row = (name: string) => lines.find((line) => line.startsWith(name))?.split(/\s{2,}/);
  expect(lines[0]?.trim().split(/\s+/)).toEqual(['quiet', 'official']);
  expect(row('queries')).toEqual(['queries', '12,000', '0']);
  expect(row('first wall')).toEqual(['first wall', '10,000 signals', '2,000 updates']);
  expect(row('met after')).toEqual(['met after', '33.3 min', '1.7 min']);
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});

test('the walls of a plan are told in the order in which they are met', () => {
  const [first, ...rest] = wallLines(estimate({ readers: 4, seconds: 3_600 }));
  expect(first).toBe('33.3 min    10,000 signals: publishers wait for a rollover');
  expect(rest.at(-1)).toMatch(/^at a rollover the log of .* does not fit/);
});

test.each([
  [0, 'at once'],
  [9.94, '9.9 s'],
  [99, '99 s'],
  [400, '6.7 min'],
  [7_200, '2.0 h'],
  [864_000, '10.0 days'],
  [Number.POSITIVE_INFINITY, 'never'],
])('%d seconds are %s', (seconds, words) => {
  expect(inWords(seconds)).toBe(words);
});

test('bytes are told in the unit that fits them', () => {
  expect([100, 2_048, 2 ** 21, 2 ** 31].map(inBytes)).toEqual([
    '100 B',
    '2.0 KB',
    '2.0 MB',
    '2.0 GB',
  ]);
});

test('a time is read with its unit, and anything else refused', () => {
  expect(['200ms', '2s', '1min', '50', '1.5 s'].map(durationOf)).toEqual([
    200, 2_000, 60_000, 50, 1_500,
  ]);
  for (const text of ['', 'soon', '2h', '-1s']) expect(() => durationOf(text)).toThrow(RangeError);
});
