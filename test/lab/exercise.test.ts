import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { check, exercise } from '../../src/lab/exercise.ts';

const printed: string[] = [];

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  printed.length = 0;
});

/** What the reader sees of a check. */
async function told(id: string, timeoutMs?: number): Promise<string> {
  printed.length = 0;
  const value = await check(id, timeoutMs === undefined ? {} : { timeoutMs });
  expect(value).toBeUndefined();
  return printed.join('\n');
}

/** Poses an exercise whose check is `judge`, answers it, and returns what the reader sees. */
function judged(judge: () => void | Promise<void>, timeoutMs?: number): Promise<string> {
  exercise('t.1', judge).answer(undefined);
  return told('t.1', timeoutMs);
}

describe('an exercise', () => {
  test('is red without an answer and with a wrong one, and green with a right one', async () => {
    const sum = exercise('t.1', (add: (a: number, b: number) => number) => {
      assert.equal(add(1, 2), 3, 'the sum of 1 and 2 must be 3');
    });
    expect(await told('t.1')).toBe('✗ t.1 is not done yet: it has no answer');
    sum.answer((a, b) => a * b);
    expect(await told('t.1')).toBe('✗ t.1 is not done yet: the sum of 1 and 2 must be 3');
    sum.answer((a, b) => a + b);
    expect(await told('t.1')).toBe('✓ t.1');
  });

  test('takes `undefined` for an answer', async () => {
    expect(await judged(() => {})).toBe('✓ t.1');
  });

  test('forgets its answer when its cell is run again', async () => {
    exercise('t.1', () => {}).answer(1);
    exercise('t.1', () => {});
    expect(await told('t.1')).toBe('✗ t.1 is not done yet: it has no answer');
  });

  test('is awaited, and told after its time when it never settles', async () => {
    const late = async () => assert.fail('too late');
    expect(await judged(late)).toBe('✗ t.1 is not done yet: too late');
    expect(await judged(() => new Promise(() => {}), 20)).toBe(
      '✗ t.1 is not done yet: your answer did not finish within 0.02 s',
    );
  });

  test('that nobody posed is told with those that were', async () => {
    exercise('t.1', () => {});
    expect(await told('t.9')).toBe('✗ t.9 is no exercise that was posed; there are t.1');
  });
});

describe('what is missing fits in one line', () => {
  test.for<[string, () => void, string]>([
    [
      'the words of the check instead of a diff',
      () => assert.deepEqual([1], [2], 'all must be there'),
      'all must be there',
    ],
    [
      'two values instead of a diff',
      () => assert.deepEqual([{ a: 1 }], [{ a: 2 }]),
      'expected [ { a: 2 } ], got [ { a: 1 } ]',
    ],
    [
      'a pattern',
      () => assert.match('b', /a/),
      "The input did not match the regular expression /a/. Input: 'b'",
    ],
    ['an error of the answer', () => decodeURI('%'), 'your answer threw URIError: URI malformed'],
    [
      'a thrown value',
      () => {
        throw 'a stone';
      },
      "your answer threw 'a stone'",
    ],
  ])('%s', async ([, judge, message]) => {
    expect(await judged(judge)).toBe(`✗ t.1 is not done yet: ${message}`);
  });

  test('also where a value is long', async () => {
    const line = await judged(() => assert.equal('x'.repeat(1_000), 'y'));
    expect(line).toMatch(/^✗ t\.1 is not done yet: expected 'y', got 'x+…$/);
    expect(line.length).toBeLessThan(200);
  });
});
