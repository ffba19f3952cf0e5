import { linesOf } from 'streambook/rollover';
import { expect, test } from 'vitest';

test('the events of a run are counted from one again, and items go on', () => {
  const runs = [{ eventTimes: [5_000, 5_500] }, { eventTimes: [6_000, 6_250, 6_500] }];
  const seen = [
    { offset: 0, at: 5_750 },
    { offset: 1, at: 6_750 },
  ];
  const [events, items] = linesOf(runs, seen);
  expect(events.points).toEqual([
    [0, 1],
    [0.5, 2],
    [1, 1],
    [1.25, 2],
    [1.5, 3],
  ]);
  expect(items.points).toEqual([
    [0.75, 1],
    [1.75, 2],
  ]);
});

test('without runs there is nothing to draw', () => {
  expect(linesOf([], []).map(({ points }) => points)).toEqual([[], []]);
});
