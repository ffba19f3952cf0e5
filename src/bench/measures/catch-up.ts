/** Reading a long log from its start, of a workflow that goes on. */
import type { Comparison, Measure } from '../measure.js';
import type { SideName } from '../sides.js';
import { playScene, type Scene } from '../stage.js';
import { BATCH, fillWith } from './fill.js';

/** Readers of either package fetch page after page, so that tuning changes nothing here. */
const SIDES: readonly SideName[] = ['ours', 'official'];
const LIMIT_SECONDS = 60;
/** Seconds that publishing and reading 1,000 items take, roughly. */
const SECONDS_PER_BATCH = 0.06;

export const catchUp: Measure = {
  name: 'catch-up',
  about: 'reading a long log from its start',
  topics: ['catch-up'],
  comparisons: (plan) => plan.backlogs.map((items) => ofItems(items)),
};

function ofItems(items: number): Comparison {
  const id = (metric: string) => `catch-up/${items}/{side}/${metric}`;
  return {
    name: `${items.toLocaleString('en-GB')} items`,
    sides: SIDES,
    units: { [id('ms')]: 'ms', [id('events')]: 'events', [id('bytes')]: 'bytes of history' },
    seconds: 1 + (items / BATCH) * SECONDS_PER_BATCH,
    turn: (stage, side) =>
      playScene(stage, { side, limitSeconds: LIMIT_SECONDS }, async (scene) => {
        await fillWith(scene.open(), items, (n) => ({ n }));
        const before = await scene.workflow.describe();
        const ms = await readAll(scene, items);
        const after = await scene.workflow.describe();
        return {
          [id('ms')]: ms,
          [id('events')]: after.historyLength - before.historyLength,
          [id('bytes')]: (after.historySize ?? 0) - (before.historySize ?? 0),
        };
      }),
  };
}

async function readAll({ open }: Scene, items: number): Promise<number> {
  const begin = performance.now();
  let next = 0;
  for await (const value of open().read(0)) {
    const { n } = value as { n: number };
    if (n !== next) throw new Error(`item ${n} came instead of ${next}`);
    next++;
    if (next === items) return performance.now() - begin;
  }
  throw new Error(`the reader ended after ${next} items of ${items}`);
}
