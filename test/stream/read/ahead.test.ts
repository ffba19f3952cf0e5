import { expect, test } from 'vitest';
import { readAhead } from '../../../src/stream/read/ahead.js';
import type { ReadPage } from '../../../src/stream/read/cursor.js';
import { follow, type Run, type RunState } from '../../../src/stream/read/follow.js';
import { upTo } from '../../support/offsets.js';

/** A log as a run holds it: offsets from its base up to its end. */
interface Held {
  logId: string;
  base?: number;
  end: number;
}

/** A run whose log goes from one state to the next at each wait, and that notes from where it was read. */
function runOf(states: Held[], last: Partial<RunState>, reads: number[] = []): Run {
  const left = [...states];
  let now: Held | undefined;
  return {
    async wait() {
      now = left.shift();
      if (!now) throw new Error('a run that has closed was waited for');
      return left.length > 0 ? { closed: false } : { closed: true, ...last };
    },
    async read(offset): Promise<ReadPage> {
      if (!now) throw new Error('a run was read before it was waited for');
      reads.push(offset);
      const { logId, base = 0, end } = now;
      const from = Math.max(offset, base);
      const items = upTo(end)
        .filter((each) => each >= from)
        .map((each) => ({ topic: logId, data: 'AA==', offset: each }));
      return { items, next: end, more: false, base, end, logId };
    },
  };
}

/** What a reader yields, as `log:offset`, and what is missing. */
async function readAll(run: Run, from = 0): Promise<string[]> {
  const seen: string[] = [];
  const items = follow(readAhead(run), from, (gap) => seen.push(`gap ${gap.from}-${gap.to}`));
  for await (const { topic, offset } of items) seen.push(`${topic}:${offset}`);
  return seen;
}

const all = (end: number, from = 0) =>
  upTo(end)
    .slice(from)
    .map((offset) => `a:${offset}`);

test('what a run left is read in the one that took over, and each page once', async () => {
  const [old, next] = [[] as number[], [] as number[]];
  const second = runOf([{ logId: 'a', end: 5 }], {}, next);
  const first = runOf(
    [
      { logId: 'a', end: 2 },
      { logId: 'a', end: 4 },
    ],
    { successor: second },
    old,
  );
  expect(await readAll(first)).toEqual(all(5));
  expect(old).toEqual([0]);
  expect(next).toEqual([2]);
});

test('so is what several runs left that came and went meanwhile', async () => {
  const reads = [[], [], []] as number[][];
  const third = runOf([{ logId: 'a', base: 1, end: 9 }], {}, reads[2]);
  const second = runOf([{ logId: 'a', end: 6 }], { successor: third }, reads[1]);
  const begun = [
    { logId: 'a', end: 2 },
    { logId: 'a', end: 4 },
  ];
  const first = runOf(begun, { successor: second }, reads[0]);
  expect(await readAll(first)).toEqual(all(9));
  expect(reads[0]).toEqual([0]);
});

test('what the next run has forgotten is read where it was', async () => {
  const second = runOf([{ logId: 'a', base: 4, end: 6 }], {});
  const first = runOf(
    [
      { logId: 'a', end: 2 },
      { logId: 'a', end: 4 },
    ],
    { successor: second },
  );
  expect(await readAll(first)).toEqual(all(6));
});

test('a gap is told when nobody has the items any more', async () => {
  const second = runOf([{ logId: 'a', base: 5, end: 6 }], {});
  const first = runOf(
    [
      { logId: 'a', end: 2 },
      { logId: 'a', end: 4 },
    ],
    { successor: second },
  );
  expect(await readAll(first)).toEqual([...all(4), 'gap 4-5', 'a:5']);
});

test('the rest of a log is read before another one is met', async () => {
  const second = runOf([{ logId: 'b', end: 9 }], {});
  const first = runOf(
    [
      { logId: 'a', end: 2 },
      { logId: 'a', end: 4 },
    ],
    { successor: second },
  );
  const seen: string[] = [];
  await expect(async () => {
    for await (const { topic, offset } of follow(readAhead(first), 0, () => {})) {
      seen.push(`${topic}:${offset}`);
    }
  }).rejects.toMatchObject({ type: 'StreamReset' });
  expect(seen).toEqual(all(4));
});

test('a reader that knows no log yet reads the old one first', async () => {
  const reads: number[] = [];
  const second = runOf([{ logId: 'a', end: 6 }], {});
  const first = runOf([{ logId: 'a', end: 4 }], { successor: second }, reads);
  expect(await readAll(first)).toEqual(all(6));
  expect(reads).toEqual([0]);
});

test('a reset is left to the reader', async () => {
  const second = runOf([{ logId: 'a', end: 6 }], {});
  const begun = [
    { logId: 'a', end: 2 },
    { logId: 'a', end: 4 },
  ];
  const reads: number[] = [];
  const first = runOf(begun, { successor: second, kept: 4 }, reads);
  expect(await readAll(first)).toEqual(all(6));
  expect(reads).toEqual([0, 2]);
});
