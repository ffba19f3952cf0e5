import { describe, expect, test } from 'vitest';
import { isMistake, parseFence } from '../../src/book/chapter/fence.ts';
import { textCases } from './text-fixtures.ts';

describe('the info string of a fence declares its role', () => {
  for (const { title, input, expected } of textCases('fences')) {
    test(title, () => {
      const fence = parseFence(input);
      expect(isMistake(fence) ? fence.message : JSON.stringify(fence)).toBe(expected);
    });
  }

  test('a fence without an info string is a mistake, not a listing', () => {
    expect(parseFence('')).toMatchObject({ message: 'a fence without a language' });
  });

  test('every mistake comes with what would be right', () => {
    for (const info of ['', 'ts', 'ts rum', 'text run', 'sh output', 'json x', 'rust']) {
      const fence = parseFence(info);
      expect(isMistake(fence) && fence.hint).toMatch(/ts|text|sh|json/);
    }
  });
});
