import { describeTally } from 'streambook/pipeline';
import { expect, test } from 'vitest';

test('a tally tells what was lost and what came more than once', () => {
  const once = new Map([0, 1, 2].map((offset) => [offset, 1]));
  expect(describeTally(once, 3)).toBe('3 of 3, each exactly once');
  expect(describeTally(new Map([...once, [1, 2]]), 4)).toBe('3 of 4, lost: 3; more than once: 1');
  expect(describeTally(new Map(), 2)).toBe('0 of 2, lost: 0, 1');
});
