import { expect, test } from 'vitest';
import { pauses } from '../../src/bench/pace.js';

test('the pauses of a round are the same each time, and those of another round are others', () => {
  expect(pauses(20, 100, 1)).toEqual(pauses(20, 100, 1));
  expect(pauses(20, 100, 1)).not.toEqual(pauses(20, 100, 2));
});

test('pauses have about their mean, and differ widely as those of independent events do', () => {
  const many = pauses(10_000, 100, 0);
  const mean = many.reduce((sum, pause) => sum + pause, 0) / many.length;
  expect(mean).toBeGreaterThan(90);
  expect(mean).toBeLessThan(110);
  expect(many.filter((pause) => pause < 50).length).toBeGreaterThan(3_000);
  expect(many.filter((pause) => pause > 200).length).toBeGreaterThan(1_000);
});

test('no pause is so short that two items make one batch, and none stops the flow', () => {
  const many = pauses(10_000, 100, 0);
  expect(Math.min(...many)).toBe(20);
  expect(Math.max(...many)).toBe(400);
});
