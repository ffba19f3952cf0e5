import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Latencies } from '../../../src/web/load/latencies.ts';

test('a percentile is what it is of the sorted list', () => {
  const part = fc.double({ min: 0.01, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.nat(500), { minLength: 1 }), part, (list, wanted) => {
      const latencies = new Latencies();
      for (const ms of list) latencies.add(ms);
      const sorted = [...list].sort((a, b) => a - b);
      expect(latencies.percentile(wanted)).toBe(sorted[Math.ceil(wanted * sorted.length) - 1]);
    }),
  );
});

test('what another process has counted can be added', () => {
  const theirs = new Latencies();
  for (const ms of [3, 3, 8, -1, 1e9]) theirs.add(ms);
  const ours = new Latencies();
  for (const [ms, count] of theirs.entries()) ours.add(ms, count);
  expect(ours.size).toBe(5);
  expect([0.2, 0.6, 0.8, 1].map((part) => ours.percentile(part))).toEqual([0, 3, 8, 60_000]);
});
