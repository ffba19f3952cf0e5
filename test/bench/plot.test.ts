import { expect, test } from 'vitest';
import { benchPlot, PLOTS, plotNames, plotOf, seriesOf } from '../../src/bench/plot.js';
import { growthsOf, pointsOf } from '../../src/bench/points.js';
import { type Figures, readResults } from '../../src/bench/results.js';

const at = (value: number) => ({ value, low: value, high: value, unit: 'ms', rounds: 3 });
const figures: Figures = {
  'latency/100/ours/p50': at(40),
  'latency/25/ours/p50': at(20),
  'latency/25/official/p50': at(90),
  'latency/100/official/p50': { failed: '3 of 3: limit reached', unit: 'ms', rounds: 3 },
  'latency/25/ours/p99': at(30),
};

test('a side’s points are its figures over the number in their ids, and a failure is none', () => {
  const points = pointsOf(figures, 'latency/{x}/{side}/p50');
  expect(points.get('ours')).toEqual([
    [25, 20],
    [100, 40],
  ]);
  expect(points.get('official')).toEqual([[25, 90]]);
});

test('a plot has a line for each side that was measured, and both axes named', async () => {
  expect(seriesOf(figures, PLOTS.latency).map(({ name }) => name)).toEqual(['ours', 'official']);
  const svg = await plotOf(figures, 'latency');
  expect(svg).toContain('>readers</text>');
  expect(svg).toContain('ours: from 20 to 40 ms, p50, between 25 and 100 readers.');
});

test('there is no plot of nothing', async () => {
  expect(await plotOf({}, 'latency')).toBeUndefined();
});

test('what doubles with the readers grows by 2, and one point says nothing', () => {
  const grown = growthsOf(figures);
  expect(Object.keys(grown)).toEqual(['growth/readers/ours/p50']);
  expect(grown['growth/readers/ours/p50']).toMatchObject({ unit: '×', rounds: 2 });
});

test('every plot whose figures are committed can be drawn', async () => {
  const committed = readResults().figures;
  for (const name of plotNames) {
    if (pointsOf(committed, PLOTS[name].id).size === 0) continue;
    expect(await benchPlot(name), name).toMatch(/^<svg/);
  }
  expect(pointsOf(committed, PLOTS.latency.id).size).toBeGreaterThan(0);
});
