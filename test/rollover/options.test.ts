import { expect, test } from 'vitest';
import { readOptions } from '../../src/rollover/options.ts';

test('what is not given has its default', () => {
  const defaults = { volumes: 4, events: 80, instruments: 3, pause: 100, keep: 0 };
  expect(readOptions([])).toEqual(defaults);
  expect(readOptions(['--keep', '5', '--pause=20'])).toEqual({ ...defaults, keep: 5, pause: 20 });
});

test.each([
  ['--volumes=0', '--volumes must be a whole number from 1 to 100, not "0".'],
  ['--events=1e3', '--events must be a whole number from 20 to 10000, not "1e3".'],
  ['--pause=', '--pause must be a whole number from 20 to 60000, not "".'],
])('%s makes no sense', (option, sentence) => {
  expect(() => readOptions([option])).toThrow(new RangeError(sentence));
});
