import { expect, test } from 'vitest';
import { afterReset } from '../../../src/stream/read/reset.js';

const cursor = { offset: 5, isFixed: true, end: 9, logId: 'old' };

test('a reader goes on after a reset that kept all that it has read, in a log with another name', () => {
  expect(afterReset(cursor, 7)).toEqual({ offset: 5, isFixed: true, end: 7, logId: undefined });
  expect(afterReset(cursor, 5).offset).toBe(5);
});

test('a reader that has read items which a reset replaced is told of the first of them', () => {
  expect(() => afterReset(cursor, 3)).toThrow(
    expect.objectContaining({
      type: 'StreamReset',
      message: expect.stringContaining('from offset 3 on'),
    }),
  );
});
