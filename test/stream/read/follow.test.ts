import fc from 'fast-check';
import { Log } from 'streambook/log';
import { expect, test } from 'vitest';
import { follow, type Run, type RunState } from '../../../src/stream/read/follow.js';
import { upTo } from '../../support/offsets.js';

/**
 * A run that does one step of a script at each wait: appends some entries, perhaps more of them
 * right after it was asked (so that a read sees them early), and closes after the last step.
 */
function scriptedRun(steps: { before: number; after: number }[], log = new Log()): Run {
  const left = [...steps];
  const append = (count: number) => {
    for (let i = 0; i < count; i++) log.append({ topic: 'a', data: 'AA==' });
  };
  return {
    async read(offset) {
      return log.read({ from: offset, maxBytes: 100 });
    },
    async wait(): Promise<RunState> {
      const step = left.shift();
      if (!step) throw new Error('a run that has closed was waited for');
      append(step.before);
      const closed = left.length === 0;
      if (!closed) append(step.after);
      return { closed };
    },
  };
}

async function offsets(run: Run, from = 0): Promise<number[]> {
  const seen = [];
  for await (const item of follow(run, from, () => {})) seen.push(item.offset);
  return seen;
}

test('yields what is there, waits for more, and ends with the run', async () => {
  const run = scriptedRun([
    { before: 2, after: 0 },
    { before: 1, after: 0 },
  ]);
  expect(await offsets(run)).toEqual([0, 1, 2]);
});

test('yields what was appended as the run closed', async () => {
  expect(await offsets(scriptedRun([{ before: 3, after: 0 }]))).toEqual([0, 1, 2]);
});

test('starts at the offset that it is asked for', async () => {
  expect(await offsets(scriptedRun([{ before: 5, after: 0 }]), 3)).toEqual([3, 4]);
});

test('goes on with the successor of a run, at the offset it had reached', async () => {
  const log = new Log();
  const second = scriptedRun([{ before: 2, after: 0 }], log);
  const first = scriptedRun([{ before: 2, after: 0 }], log);
  const rolled: Run = {
    read: first.read,
    wait: async () => ({ ...(await first.wait()), successor: second }),
  };
  expect(await offsets(rolled)).toEqual([0, 1, 2, 3]);
});

test('yields every item once and in order, whenever the items come', async () => {
  const step = fc.record({ before: fc.nat(5), after: fc.nat(5) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1 }), async (steps) => {
      const last = steps.length - 1;
      const total = steps.reduce(
        (n, { before, after }, i) => n + before + (i < last ? after : 0),
        0,
      );
      expect(await offsets(scriptedRun(steps))).toEqual(upTo(total));
    }),
  );
});
