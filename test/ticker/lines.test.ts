import { describeJump, describeTally, describeTick } from 'streambook/ticker';
import { expect, test } from 'vitest';

test('a jump names the offsets on either side and how many lie between', () => {
  const line = describeJump({ last: 9, next: 13, dropped: 3 });
  expect(line).toBe('↪ jumped offset=9 → 13 (3 dropped)');
});

test('a jump of who has seen nothing names where the log began', () => {
  const line = describeJump({ last: -1, next: 3, dropped: 3 });
  expect(line).toBe('↪ began at offset=3 (3 dropped)');
});

test('a tick names its offset, its place and its state', () => {
  const tick = { n: 10, of: 30, made: 1, total: 31 };
  expect(describeTick({ offset: 9, tick })).toBe('offset=9  tick 10/30  31 parts');
});

test('a tally names what came and both answers', () => {
  const tally = { received: 7, dropped: 23, jumps: 6, stated: 90, added: 21 };
  expect(describeTally(tally)).toEqual([
    'received 7, dropped 23, jumps 6',
    '90 parts by the last tick',
    '21 parts by adding up changes',
  ]);
  expect(describeTally({ ...tally, added: 1 })).toContain('1 part by adding up changes');
});
