import { expect, test } from 'vitest';
import { onceInAWhile } from '../../src/lab/once-in-a-while.ts';

test('a line that comes again and again is told once in a while', () => {
  let now = 0;
  const isNews = onceInAWhile(30_000, () => now);
  expect(isNews('call 1 failed')).toBe(true);
  now = 29_999;
  expect(isNews('call 2 failed')).toBe(false);
  expect(isNews('something else')).toBe(true);
  now = 30_000;
  expect(isNews('call 3 failed')).toBe(true);
  expect(isNews('call 4 failed')).toBe(false);
});

test('lines of many kinds are all told, and do not pile up', () => {
  const isNews = onceInAWhile(30_000, () => 0);
  const kinds = Array.from({ length: 250 }, (_, n) => 'x'.repeat(n + 1));
  expect(kinds.every(isNews)).toBe(true);
  expect(isNews('x'.repeat(250))).toBe(false);
});
