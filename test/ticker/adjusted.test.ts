import { adjusted } from 'streambook/ticker';
import { describe, expect, test } from 'vitest';

const NOW = { truncateEvery: 2, keepLast: 1 };

describe('what a ticker forgets from now on', () => {
  test('is what was wished, and as before where nothing was', () => {
    expect(adjusted(NOW, { truncateEvery: 0 })).toEqual({ truncateEvery: 0, keepLast: 1 });
    expect(adjusted(NOW, { keepLast: 7, count: 1 })).toEqual({ truncateEvery: 2, keepLast: 7 });
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 3],
    ['text', 'never'],
    ['a list', [3]],
    ['a number that is not whole', { keepLast: 1.5 }],
    ['a number beyond its range', { keepLast: 0 }],
    ['one that is right beside one that is wrong', { truncateEvery: 3, keepLast: -1 }],
    ['text for a number', { keepLast: '3' }],
    ['null for a number', { truncateEvery: null }],
    ['an object that cannot even be told', { keepLast: { toString: 1, valueOf: 1 } }],
  ])('is as before where the wish is %s', (_what, wanted) => {
    expect(adjusted(NOW, wanted)).toEqual(NOW);
  });
});
