import { expect, test } from 'vitest';
import { Patience } from '../../../src/stream/read/patience.js';

test('each try of a query gets twice as long as the one before, up to a minute', () => {
  const patience = new Patience();
  const tries = [1, 2, 3, 4].map((attempt) => patience.deadline(attempt));
  for (const [index, deadline] of tries.slice(1).entries()) {
    expect(deadline).toBe((tries[index] ?? 0) * 2);
  }
  expect(patience.deadline(20)).toBe(60_000);
});

test('a query may take much longer than others did, but not for ever', () => {
  const patience = new Patience();
  for (let i = 0; i < 30; i++) patience.learn(100);
  expect(patience.deadline(1)).toBeGreaterThan(500);
  expect(patience.deadline(1)).toBeLessThan(1_100);
  for (let i = 0; i < 30; i++) patience.learn(5_000);
  expect(patience.deadline(1)).toBe(2_000);
  for (let i = 0; i < 60; i++) patience.learn(1);
  expect(patience.deadline(1)).toBe(100);
});

test('a run that is replayed gets time for each event, whatever was learned before', () => {
  const patience = new Patience();
  patience.learn(1);
  expect(patience.deadline(1, 2_000)).toBeGreaterThanOrEqual(10_000);
  expect(patience.deadline(1, 10)).toBeLessThan(3_000);
});
