import { expect, test } from 'vitest';
import { dealFaults, FAULTS } from './fault.ts';
import { randomFrom } from './random.ts';

const draw = (seed: number) => {
  const random = randomFrom(seed);
  return Array.from({ length: 20 }, () => random.whole(1, 1_000));
};

test('the same seed draws the same numbers, and another one draws others', () => {
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('numbers are those of mulberry32', () => {
  // The reference in C gives these for the seed 1, divided by 2³².
  const random = randomFrom(1);
  expect([random.next(), random.next()]).toEqual([0.6270739405881613, 0.002735721180215478]);
});

test('both ends of a range are drawn, and nothing beyond them', () => {
  const random = randomFrom(1);
  const drawn = Array.from({ length: 100 }, () => random.whole(1, 3));
  expect([...new Set(drawn)].sort()).toEqual([1, 2, 3]);
});

test('a list in another order has the same elements', () => {
  const list = Array.from({ length: 30 }, (_, index) => index);
  const shuffled = randomFrom(1).shuffle(list);
  expect(shuffled).not.toEqual(list);
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(list);
});

test('every kind of fault is dealt to any thirty calls that begin a round', () => {
  const deal = dealFaults(randomFrom(1));
  for (let round = 0; round < 3; round++) {
    const dealt = Array.from({ length: 30 }, deal).filter((fault) => fault !== undefined);
    expect(dealt.toSorted()).toEqual([...FAULTS].sort());
  }
});
