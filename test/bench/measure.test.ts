import { expect, test } from 'vitest';
import { type Comparison, compare, rotated, runMeasures } from '../../src/bench/measure.js';
import { QUICK } from '../../src/bench/plan.js';
import type { Stage } from '../../src/bench/stage.js';

const stage = { signal: new AbortController().signal } as Stage;
const plan = { ...QUICK, rounds: 3 };

function comparison(turn: Comparison['turn']): Comparison {
  return {
    name: 'test',
    sides: ['ours', 'official', 'bare-query'],
    units: { 'test/1/{side}/p50': 'ms' },
    seconds: 60,
    turn,
  };
}

test('each side is first in a round, second in another, and last in another', () => {
  expect([0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round).join(''))).toEqual([
    'abc',
    'bca',
    'cab',
    'abc',
  ]);
});

test('sides take turns, and a figure is the median of a side’s own', async () => {
  const turns: string[] = [];
  const figures = await compare(
    comparison(async (_, side, round) => {
      turns.push(side);
      return { 'test/1/{side}/p50': side === 'ours' ? round + 1 : 10 };
    }),
    stage,
    plan,
    () => {},
  );
  expect(turns.slice(0, 6)).toEqual([
    ...['ours', 'official', 'bare-query'],
    ...['official', 'bare-query', 'ours'],
  ]);
  const spread = { value: 2, low: 1, high: 3, unit: 'ms', rounds: 3 };
  expect(figures['test/1/ours/p50']).toEqual(spread);
});

test('what fails is told with the innermost reason and not tried again; the others go on', async () => {
  const refusal = Object.assign(new Error('8 RESOURCE_EXHAUSTED'), { details: 'limit reached' });
  const figures = await compare(
    comparison(async (_, side, round) => {
      if (side === 'official' && round === 1) throw new Error('outer', { cause: refusal });
      return { 'test/1/{side}/p50': 1 };
    }),
    stage,
    plan,
    () => {},
  );
  const failed = { failed: '1 of 2: limit reached', unit: 'ms', rounds: 2 };
  expect(figures['test/1/official/p50']).toEqual(failed);
  expect(figures['test/1/ours/p50']).toMatchObject({ value: 1 });
});

test('a bench that is stopped ends without figures', async () => {
  const stopping = new AbortController();
  const turns: string[] = [];
  const running = compare(
    comparison(async (_, side) => {
      turns.push(side);
      stopping.abort(new Error('stopped'));
      throw new Error('cut off');
    }),
    { signal: stopping.signal } as Stage,
    plan,
    () => {},
  );
  await expect(running).rejects.toThrow('stopped');
  expect(turns).toEqual(['ours']);
});

test('progress says what is done and how long all the rest will take', async () => {
  const lines: string[] = [];
  const measure = {
    name: 'test',
    about: '',
    topics: ['test'],
    comparisons: () => [comparison(async () => ({ 'test/1/{side}/p50': 1 }))],
  };
  await runMeasures([measure], stage, plan, (line) => lines.push(line));
  expect(lines).toEqual([
    'test, test: round 1 of 3 (about 9 min left)',
    'test, test: round 2 of 3 (about 6 min left)',
    'test, test: round 3 of 3 (about 3 min left)',
  ]);
});
