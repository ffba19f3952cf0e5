import fc from 'fast-check';
import { expect, test } from 'vitest';
import { growth, median, percentile, summarised } from '../../src/bench/statistics.js';

const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 });

test('a percentile is a value that was measured, and so many percent do not exceed it', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 100 }), (measured, percent) => {
      const value = percentile(measured, percent);
      expect(measured).toContain(value);
      const within = measured.filter((other) => other <= value).length;
      const below = measured.filter((other) => other < value).length;
      expect(within / measured.length).toBeGreaterThanOrEqual(percent / 100);
      expect(below / measured.length).toBeLessThan(percent / 100);
    }),
  );
});

test('p99 of a hundred values is the second largest, and of ten the largest', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(percentile(hundred, 99)).toBe(99);
  expect(percentile([3, 1, 2, 9, 4, 5, 6, 7, 8, 10], 99)).toBe(10);
});

test('a median has as many values on either side', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test('nothing has neither a median nor a percentile', () => {
  expect(() => median([])).toThrow(RangeError);
  expect(() => percentile([], 50)).toThrow(RangeError);
});

test('rounds come to their median, with the lowest and the highest', () => {
  expect(summarised([12.34567, 10, 30], 'ms')).toEqual({
    ...{ value: 12.35, low: 10, high: 30 },
    ...{ unit: 'ms', rounds: 3 },
  });
});

test('a figure that failed once has failed, and says how often and why', () => {
  expect(summarised([12, { failed: 'no answer' }, { failed: 'later' }], 'ms')).toEqual({
    failed: '2 of 3: no answer',
    unit: 'ms',
    rounds: 3,
  });
});

test('growth is 2 for what grows along, 1 for what stays, 4 for a square', () => {
  const xs = [1, 8, 25, 100];
  expect(growth(xs.map((x) => [x, 7 * x]))).toBeCloseTo(2);
  expect(growth(xs.map((x) => [x, 7]))).toBeCloseTo(1);
  expect(growth(xs.map((x) => [x, 3 * x * x]))).toBeCloseTo(4);
  expect(() => growth([[1, 1]])).toThrow(RangeError);
});
