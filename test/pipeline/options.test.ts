import { expect, test } from 'vitest';
import { readOptions } from '../../src/pipeline/options.ts';

test('without options there is a reader named ada, who is away for three seconds', () => {
  expect(readOptions({})).toEqual({ kill: false, pauseMs: 1_700, awayMs: 3_000, user: 'ada' });
});

test('options are whole milliseconds and a name', () => {
  const options = readOptions({ kill: true, pause: '0', away: '250', user: 'bob' });
  expect(options).toEqual({ kill: true, pauseMs: 0, awayMs: 250, user: 'bob' });
});

test.each(['', '-1', '1.5', '1e3', '3s', 'soon', '9999999999'])(
  'a duration of "%s" is refused with a sentence',
  (pause) => {
    expect(() => readOptions({ pause })).toThrow(/^--pause takes a whole number of milliseconds/);
  },
);

test('a user without a name is refused', () => {
  expect(() => readOptions({ user: ' ' })).toThrow('--user takes a name');
});
