import { RANGES, tickerOptions } from 'streambook/ticker';
import { describe, expect, test } from 'vitest';

describe('the options of a ticker', () => {
  test('are those of the book where none are given', () => {
    const defaults = { count: 30, intervalMs: 200, truncateEvery: 2, keepLast: 1 };
    expect(tickerOptions()).toEqual(defaults);
    expect(tickerOptions({ keepLast: 5 })).toEqual({ ...defaults, keepLast: 5 });
  });

  test.each([
    ['count', 0],
    ['count', 10_001],
    ['intervalMs', 0.5],
    ['intervalMs', Number.NaN],
    ['truncateEvery', -1],
    ['keepLast', 0],
    ['keepLast', Number.POSITIVE_INFINITY],
  ] as const)('are refused with the name and the range when %s is %d', (name, value) => {
    const [least, most] = RANGES[name];
    const sentence = `${name} must be a whole number from ${least} to ${most}, not ${value}.`;
    expect(() => tickerOptions({ [name]: value })).toThrow(new RangeError(sentence));
  });

  test('may be 0 only where 0 means never', () => {
    expect(tickerOptions({ truncateEvery: 0 }).truncateEvery).toBe(0);
  });
});
