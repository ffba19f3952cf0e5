import { expect, test } from 'vitest';
import { readOptions } from '../../src/gateway/options.ts';

test('what is not said has a value', () => {
  expect(readOptions([])).toEqual({ readers: 3, seed: 1, kilobytes: 8 });
  expect(readOptions(['--readers', '5', '--seed', '0'])).toMatchObject({ readers: 5, seed: 0 });
});

test.each([
  ['--readers', '0', '--readers must be a whole number from 1 to 200, not "0".'],
  ['--seed', 'luck', '--seed must be a whole number from 0 to 2147483647, not "luck".'],
  ['--kilobytes', '1', '--kilobytes must be a whole number from 2 to 1000, not "1".'],
])('%s %s is refused', (flag, value, message) => {
  expect(() => readOptions([flag, value])).toThrow(message);
});
