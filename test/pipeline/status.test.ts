import fc from 'fast-check';
import { besideStatus, pendingOf, STATUS_HEADER, statusColumn } from 'streambook/pipeline';
import { expect, test } from 'vitest';

test('the column tells processed, available and pending, each under its name', () => {
  expect(STATUS_HEADER).toBe('proc / avail / pend │');
  expect(statusColumn({ processed: 2, available: 13 })).toBe('   2 /    13 /   11');
});

test('what was read is available, even if the stream was not asked again since', () => {
  expect(statusColumn({ processed: 5, available: 3 })).toBe('   5 /     5 /    0');
});

test('pending is what is available and not processed, and never below zero', () => {
  fc.assert(
    fc.property(fc.nat(9_999), fc.nat(9_999), (processed, available) => {
      const pending = pendingOf({ processed, available });
      expect(pending).toBeGreaterThanOrEqual(0);
      if (available >= processed) expect(processed + pending).toBe(available);
    }),
  );
});

const backlog = { processed: 1, available: 2 };

test('in a pipe no line is broken', () => {
  const text = 'word '.repeat(50).trim();
  expect(besideStatus(backlog, text)).toBe(`   1 /     2 /    1 │ ${text}`);
});

test('on a terminal the column stays on the left of a text of several lines', () => {
  expect(besideStatus(backlog, 'a reader that was killed and resumed', 44)).toBe(
    ['   1 /     2 /    1 │ a reader that was', '                    │ killed and resumed'].join(
      '\n',
    ),
  );
});

test('no line is longer than the terminal is wide, whatever the text', () => {
  const width = fc.integer({ min: 42, max: 120 });
  fc.assert(
    fc.property(fc.string(), width, (text, columns) => {
      for (const line of besideStatus(backlog, text, columns).split('\n')) {
        expect(line.length).toBeLessThanOrEqual(columns);
      }
    }),
  );
});

test('a terminal too narrow for two columns breaks the lines itself', () => {
  expect(besideStatus(backlog, 'a reader that was killed', 30)).not.toContain('\n');
});
