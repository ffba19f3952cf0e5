import { expect, test } from 'vitest';
import { readStartOptions } from '../../src/web/start-options.ts';

test('the book takes the port that it is told to, and any free one when it is told nothing', () => {
  expect(readStartOptions(['--port', '4410'])).toEqual({ port: 4410 });
  expect(readStartOptions([])).toEqual({ port: 0 });
});

test.each([['--port', 'http'], ['--port', '-1'], ['--port', '65536'], ['--port'], ['--prot', '1']])(
  'says how it is started when it cannot make sense of %s %s',
  (...args) => {
    expect(() => readStartOptions(args)).toThrow(/^Usage: npm start/);
  },
);
