import { expect, test } from 'vitest';
import type { Figures } from '../../src/bench/results.js';
import { ratiosOf, slowerThanOfficial, verdictsOf, withDerived } from '../../src/bench/targets.js';

const figure = (value: number, low = value, high = value, unit = 'ms') => {
  return { value, low, high, unit, rounds: 3 };
};

test('a ratio spreads as widely as its figures allow', () => {
  const ratios = ratiosOf({
    'latency/25/ours/p99': figure(20, 10, 30),
    'latency/25/official/p99': figure(200, 100, 300),
  });
  expect(ratios['ratio/latency-25-p99']).toEqual(figure(0.1, 0.03333, 0.3, '×'));
});

const failed = { failed: '1 of 1: limit reached', unit: 'ms', rounds: 1 };

test('where the official package fails and ours does not, the promise is kept', () => {
  const [verdict] = verdictsOf(
    withDerived({ 'latency/25/ours/p99': figure(20), 'latency/25/official/p99': failed }),
  );
  const why = { failed: 'latency/25/official/p99: 1 of 1: limit reached' };
  expect(verdict?.figure).toMatchObject(why);
  expect(verdict?.isMet).toBe(true);
});

test('where ours fails, the promise is broken, whatever the official package does', () => {
  for (const official of [figure(20), failed]) {
    const [verdict] = verdictsOf(
      withDerived({ 'latency/25/ours/p99': failed, 'latency/25/official/p99': official }),
    );
    expect(verdict?.isMet).toBe(false);
  }
});

test('a target is met or missed by the value', () => {
  const ofRatio = (ours: number) =>
    verdictsOf(
      withDerived({
        'latency/25/ours/p99': figure(ours),
        'latency/25/official/p99': figure(100),
      }),
    ).map(({ isMet }) => isMet);
  expect(ofRatio(20)).toEqual([true]);
  expect(ofRatio(21)).toEqual([false]);
});

test('all of 1,000 items means all, and no history means none', () => {
  const verdict = (figures: Figures) => verdictsOf(figures).map(({ isMet }) => isMet);
  expect(verdict({ 'ending/after/ours/items': figure(1_000) })).toEqual([true]);
  expect(verdict({ 'ending/after/ours/items': figure(999) })).toEqual([false]);
  expect(verdict({ 'catch-up/10000/ours/events': figure(0) })).toEqual([true]);
  expect(verdict({ 'catch-up/10000/ours/events': figure(1) })).toEqual([false]);
});

test('what is slower is found, for certain only when the spreads are apart', () => {
  const slower = slowerThanOfficial({
    'codec/1MB/ours/encode': figure(5, 4, 6),
    'codec/1MB/official/encode': figure(4, 3, 5),
    'codec/1MB/ours/decode': figure(5, 4.5, 6),
    'codec/1MB/official/decode': figure(4, 3, 4.4),
    'throughput/1/ours/items': figure(100),
    'throughput/1/official/items': figure(90),
    'ending/after/ours/items': figure(1_000),
    'ending/after/official/items': figure(0),
  });
  expect(slower.map(({ id, isCertain }) => [id, isCertain])).toEqual([
    ['codec/1MB/ours/encode', false],
    ['codec/1MB/ours/decode', true],
  ]);
});

test('what is derived anew takes the place of what was derived before', () => {
  const figures = withDerived({
    'ratio/latency-1-p50': figure(9),
    'latency/1/ours/p50': figure(10),
    'latency/8/ours/p50': figure(80),
  });
  expect(figures).not.toHaveProperty('ratio/latency-1-p50');
  expect(figures['growth/readers/ours/p50']).toMatchObject({ value: 2, unit: '×' });
});
