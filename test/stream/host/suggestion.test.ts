import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RunCounts, rolloverReason } from '../../../src/stream/host/suggestion.ts';
import { MAX_INPUT_BYTES } from '../../../src/stream/size.ts';

const fresh: RunCounts = {
  isSuggested: false,
  begunSuggested: false,
  events: 5,
  bytes: 1_000,
  begunBytes: 1_000,
  signals: 0,
  updates: 0,
  logBytes: 0,
  carriedBytes: 0,
};

describe('a run makes way for its successor', () => {
  test.each<[string, Partial<RunCounts>, Partial<RunCounts>]>([
    ['signals', { signals: 8_999 }, { signals: 9_000 }],
    ['updates', { updates: 1_799 }, { updates: 1_800 }],
    ['history', { isSuggested: false }, { isSuggested: true }],
    ['history', { events: 46_079 }, { events: 46_080 }],
    ['history', { bytes: 47_185_919 }, { bytes: 47_185_920 }],
    ['log', { logBytes: 1_523_711 }, { logBytes: 1_523_712 }],
  ])('because of its %s, at nine tenths of a limit or as the server says', (why, before, at) => {
    expect(rolloverReason({ ...fresh, ...before })).toBeUndefined();
    expect(rolloverReason({ ...fresh, ...at })).toBe(why);
  });

  test('names its own count where the server only says that it is time', () => {
    expect(rolloverReason({ ...fresh, isSuggested: true, updates: 1_900 })).toBe('updates');
    expect(rolloverReason({ ...fresh, isSuggested: true, signals: 9_500 })).toBe('signals');
  });
});

test('a run never begins at its end, whatever it was handed and whatever the server suggests', () => {
  const carried = fc.integer({ min: 0, max: MAX_INPUT_BYTES });
  const law = fc.property(carried, fc.boolean(), (carriedBytes, isSuggested) => {
    const bytes = 1_000 + carriedBytes;
    const log = { logBytes: carriedBytes, carriedBytes };
    const suggestion = { isSuggested, begunSuggested: isSuggested };
    const begun = { ...fresh, ...log, ...suggestion, bytes, begunBytes: bytes };
    expect(rolloverReason(begun)).toBeUndefined();
  });
  fc.assert(law);
});

test('a run that the server wants to end from the start goes on until half of it is its own', () => {
  const run = { ...fresh, isSuggested: true, begunSuggested: true, begunBytes: 600_000 };
  expect(rolloverReason({ ...run, bytes: 1_199_999 })).toBeUndefined();
  expect(rolloverReason({ ...run, bytes: 1_200_000 })).toBe('history');
});

test('between two rollovers of a full log lies a quarter of what a rollover carries', () => {
  const law = fc.property(
    fc.integer({ min: 0, max: MAX_INPUT_BYTES }),
    fc.integer({ min: 0, max: MAX_INPUT_BYTES }),
    (carriedBytes, appended) => {
      const reason = rolloverReason({ ...fresh, carriedBytes, logBytes: carriedBytes + appended });
      if (reason === 'log') expect(appended).toBeGreaterThanOrEqual(MAX_INPUT_BYTES / 4);
    },
  );
  fc.assert(law);
});

test('a log that is first full is handed over whole, and room is left for its publishers', () => {
  const law = fc.property(fc.integer({ min: 1, max: 100_000 }), (batch) => {
    let logBytes = 0;
    while (!rolloverReason({ ...fresh, logBytes })) logBytes += batch;
    expect(logBytes).toBeLessThan(MAX_INPUT_BYTES - 3 * 100_000);
  });
  fc.assert(law);
});
