/** How fast a publisher gets rid of its items. */
import type { Comparison, Measure } from '../measure.js';
import type { SideName } from '../sides.js';
import { playScene } from '../stage.js';
import { hasLength } from './fill.js';

const BATCHING: readonly SideName[] = ['ours', 'official'];
/** A bare signal is the floor for what is sent one at a time; it has no batches. */
const ONE_BY_ONE: readonly SideName[] = ['ours', 'official', 'bare-query'];
const LIMIT_SECONDS = 60;
const SECONDS = 1.5;

export const throughput: Measure = {
  name: 'throughput',
  about: 'publishing in a burst, and batch after batch',
  topics: ['throughput'],
  comparisons: ({ backlogs, batches }) => [...backlogs.map(burst), sequence(batches)],
};

/** Items published without a pause, until the workflow has them, in the batches that each side makes by default. */
function burst(items: number): Comparison {
  const id = `throughput/${items}/{side}/items-per-second`;
  return {
    name: `a burst of ${items.toLocaleString('en-GB')} items`,
    sides: BATCHING,
    units: { [id]: 'items/s' },
    seconds: SECONDS,
    turn: (stage, side) =>
      playScene(stage, { side, limitSeconds: LIMIT_SECONDS }, async ({ open }) => {
        const end = open();
        const begin = performance.now();
        for (let n = 0; n < items; n++) end.publish({ n }, false);
        await end.flush();
        await hasLength(end, items);
        return { [id]: (items * 1_000) / (performance.now() - begin) };
      }),
  };
}

/** Batches of one item, each sent when the one before is with the server. */
function sequence(batches: number): Comparison {
  const id = 'throughput/one-by-one/{side}/batches-per-second';
  return {
    name: `${batches} batches, one after another`,
    sides: ONE_BY_ONE,
    units: { [id]: 'batches/s' },
    seconds: SECONDS,
    turn: (stage, side) =>
      playScene(stage, { side, limitSeconds: LIMIT_SECONDS }, async ({ open }) => {
        const end = open();
        const begin = performance.now();
        for (let n = 0; n < batches; n++) {
          end.publish({ n }, true);
          await end.flush();
        }
        return { [id]: (batches * 1_000) / (performance.now() - begin) };
      }),
  };
}
