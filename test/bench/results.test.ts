import { expect, test } from 'vitest';
import { figure } from '../../src/bench/figure.js';
import { type Figure, isMeasured, merged, readResults } from '../../src/bench/results.js';

const at = (value: number): Figure => ({ value, low: value, high: value, unit: 'ms', rounds: 3 });

test('figures of topics that are measured anew are replaced, also those that are gone', () => {
  const old = { 'latency/1/ours/p50': at(1), 'latency/9/ours/p50': at(2), 'codec/1MB/ours': at(3) };
  const fresh = { 'latency/1/ours/p50': at(4) };
  expect(merged(old, fresh, ['latency'])).toEqual({
    'codec/1MB/ours': at(3),
    'latency/1/ours/p50': at(4),
  });
});

test('figures are in the order of the numbers in their ids', () => {
  const ids = ['latency/100/ours', 'latency/25/ours', 'latency/8/ours'];
  const figures = Object.fromEntries(ids.map((id) => [id, at(1)]));
  expect(Object.keys(merged({}, figures, []))).toEqual([...ids].reverse());
});

test('every committed figure has a value within its spread, or says why it failed', () => {
  const { about, figures } = readResults();
  expect(about.command).toMatch(/^npm run bench/);
  for (const [id, each] of Object.entries(figures)) {
    expect(each.unit, id).not.toBe('');
    expect(each.rounds, id).toBeGreaterThan(0);
    if (!isMeasured(each)) expect(each.failed, id).toMatch(/\w/);
    else expect(each.low <= each.value && each.value <= each.high, id).toBe(true);
  }
});

test('a committed figure is found by its id, and one that is not there names those nearby', () => {
  expect(isMeasured(figure('latency/1/ours/p50'))).toBe(true);
  expect(() => figure('latency/1/ours/p51')).toThrow(
    /"latency\/1\/ours\/p51".*latency\/1\/ours\/p50/,
  );
});
