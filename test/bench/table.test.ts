import { expect, test } from 'vitest';
import type { Figures } from '../../src/bench/results.js';
import { asMarkdown, asText, benchTable, inDigits, tableOf } from '../../src/bench/table.js';

const ms = { unit: 'ms', rounds: 3 };
const figures: Figures = {
  'latency/1/ours/p50': { value: 11.24, low: 10, high: 12.06, ...ms },
  'latency/1/official/p50': { value: 43, low: 43, high: 43, ...ms },
  'latency/100/ours/p50': { value: 1234.5, low: 1000, high: 2000, ...ms },
  'latency/100/official/p50': { failed: '3 of 3: limit reached', ...ms },
  'history/1/ours/events': { value: 4, low: 4, high: 4, unit: 'events', rounds: 3 },
};

test('a row for each figure, a column for each side, failures with their reason below', () => {
  expect(asText(tableOf(figures, 'latency'))).toBe(
    [
      '                             ours     official',
      '1 p50, ms          11.2 (10–12.1)           43',
      '100 p50, ms   1,235 (1,000–2,000)   failed [1]',
      '[1] failed in 3 of 3: limit reached',
    ].join('\n'),
  );
});

test('the same in Markdown', () => {
  expect(asMarkdown(tableOf(figures, 'latency', { sides: ['ours'] }))).toBe(
    [
      '|  | ours |',
      '| --- | --: |',
      '| 1 p50, ms | 11.2 (10–12.1) |',
      '| 100 p50, ms | 1,235 (1,000–2,000) |',
    ].join('\n'),
  );
});

test('only the sides and metrics that are asked for', () => {
  const table = tableOf(figures, 'latency', { sides: ['official'], metrics: ['p50'] });
  expect(table.sides).toEqual(['official']);
  expect(tableOf(figures, 'latency', { metrics: ['p99'] }).rows).toEqual([]);
});

test('numbers have three digits, or all before the point', () => {
  expect([0, 4, 0.012345, 9.876, 123.45, 98_765.4].map(inDigits)).toEqual([
    ...['0', '4', '0.0123', '9.88', '123', '98,765'],
  ]);
});

test('a committed table has both packages, and a topic that nobody measured is refused', () => {
  expect(benchTable('latency', { sides: ['ours', 'official'] })).toMatch(
    /^ +ours +official\n1 p50/,
  );
  expect(() => benchTable('weather')).toThrow('"weather"');
});
