import { describe, expect, test } from 'vitest';
import { appendTimes, timedEvents, truncations } from '../../../src/lab/recorder/timing.ts';

describe('an item was appended', () => {
  const tasks = [
    { time: 100, end: 1 },
    { time: 200, end: 3 },
    { time: 300, end: 4 },
  ];

  test('when the workflow task was complete that the host names, however late it was seen', () => {
    expect(appendTimes([150, 350, 350, 360], tasks, 0)).toEqual([100, 200, 200, 300]);
  });

  test('in the latest task before it was seen, when it was truncated since', () => {
    expect(appendTimes([150, 250, 250, 360], tasks, 3)).toEqual([100, 200, 200, 300]);
  });

  test('never after somebody has seen it', () => {
    expect(appendTimes([90], tasks, 0)).toEqual([90]);
  });
});

test('the base moved with the item that was the last one when it was asked for', () => {
  const edges = [
    { base: 2, end: 4 },
    { base: 0, end: 1 },
    { base: 2, end: 3 },
    { base: 3, end: 4 },
  ];
  expect(truncations(edges, [10, 20, 30, 40])).toEqual([
    { time: 30, kind: 'truncate', base: 2 },
    { time: 40, kind: 'truncate', base: 3 },
  ]);
});

test('what happened is put into the order of time, and nothing is received before it was appended', () => {
  const append = { kind: 'append', topic: 'word', text: 'x' } as const;
  const events = timedEvents(
    [
      { time: 1_030.4, ...append, offset: 0 },
      { time: 1_060, ...append, offset: 1 },
      { time: 990, kind: 'arrive', reader: 'ada', offset: 0 },
      { time: 1_029, kind: 'receive', reader: 'ada', offset: 0 },
      { time: 1_070, kind: 'receive', reader: 'ada', offset: 1 },
    ],
    [1_030.4, 1_060],
    1_000,
  );
  expect(events.map(({ at, kind }) => [at, kind])).toEqual([
    [0, 'arrive'],
    [30, 'append'],
    [30, 'receive'],
    [60, 'append'],
    [70, 'receive'],
  ]);
});
