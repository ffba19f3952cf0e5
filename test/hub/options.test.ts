import { expect, test } from 'vitest';
import { readOptions } from '../../src/hub/options.js';

test('without a word, three agencies publish five headlines each', () => {
  expect(readOptions([])).toEqual({
    role: 'newsroom',
    publishers: 3,
    headlines: 5,
    pauseMs: 200,
    intervalMs: 200,
  });
});

test('a part of a newsroom gets what it needs, and no more', () => {
  expect(readOptions(['read', '--hub', 'daily'])).toEqual({ role: 'read', hub: 'daily' });
  const args = ['publish', '--hub=daily', '--name=north', '--headlines=7', '--confirm=2'];
  expect(readOptions(args)).toEqual({
    role: 'publish',
    hub: 'daily',
    name: 'north',
    headlines: 7,
    pauseMs: 200,
    intervalMs: 200,
    confirmEvery: 2,
  });
});

test.each([
  [['--headlines', 'many'], '--headlines must be a whole number from 1 to 1000, and not "many".'],
  [['--headlines', ''], '--headlines must be a whole number from 1 to 1000, and not "".'],
  [['--publishers', '10'], '--publishers must be a whole number from 1 to 9, and not "10".'],
  [['--pause=-1'], '--pause must be a whole number from 0 to 60000, and not "-1".'],
  [['--hub', 'a b'], '--hub takes 1 to 40 letters, digits, dots and dashes, not "a b".'],
  [['--flaky', '--flood'], '--flaky and --flood exclude each other.'],
  [['--kill', '--headlines', '2'], '--kill needs --headlines 3 or more.'],
  [['dance'], '"dance" is none of publish, read and close.'],
  [['read', 'daily'], '"daily" is one word too many.'],
  [['read'], '"read" needs to know which hub: --hub <id>.'],
  [['read', '--kill'], '--kill shows a whole newsroom, so it goes without "read".'],
  [['publish', '--hub', 'a'], '"publish" needs to know who publishes: --name <name>.'],
])('%j is refused with a sentence', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(new RangeError(sentence));
});

test('an option that there is not is refused', () => {
  expect(() => readOptions(['--nonsense'])).toThrow(/Unknown option '--nonsense'/);
});
