import { describeVolume, describeWatch, runsTable } from 'streambook/rollover';
import { expect, test } from 'vitest';

test('a volume says where it begins and why', () => {
  expect(describeVolume({ volume: 1 }, 0)).toBe('volume 1 begins at offset 0');
  const second = describeVolume({ volume: 2, because: 'history' }, 31);
  expect(second).toBe('volume 2 begins at offset 31, because of its history');
  const third = describeVolume({ volume: 3, because: 'asked' }, 40);
  expect(third).toBe('volume 3 begins at offset 40, as it was asked to');
});

test('a watch says what was published and what each reader got', () => {
  const whole = { items: 12, missing: 0, repeated: 0 };
  const readers = { attached: whole, visiting: { ...whole, missing: 1 }, away: whole };
  const watch = { volumes: 2, base: 0, next: 12, workflowId: 'w', seen: [], readers };
  expect(describeWatch({ ...watch, published: { wind: 4, lamp: 6 } })).toEqual([
    'published  12 items: 10 readings, 2 beginnings of a volume',
    'attached   12 items, 0 missing, 0 repeated',
    'visiting   12 items, 1 missing, 0 repeated',
    'away       12 items, 0 missing, 0 repeated',
    'in 2 volumes',
  ]);
});

test('runs are numbered from 1', () => {
  const repeatedTasks = ['UnhandledCommand', 'UnhandledCommand'];
  const run = { eventTimes: [1, 2, 3], carriedBytes: 14, repeatedTasks, runId: 'r', firstPage: {} };
  expect(runsTable([run])).toBe(
    'volume          events   bytes carried  tasks repeated\n' +
      '     1               3              14               2',
  );
});
