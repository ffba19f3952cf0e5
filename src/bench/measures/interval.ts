/** What a longer batch interval saves, and what it costs. */
import type { Comparison, Measure } from '../measure.js';
import type { Plan } from '../plan.js';
import type { SideName } from '../sides.js';
import { percentile } from '../statistics.js';
import { flow, warmUp } from './flow.js';

const SIDES: readonly SideName[] = ['ours', 'official'];
/** Time between two items, in milliseconds: a model's tokens come about as fast. */
const GAP_MS = 20;
/** Batches of the longest intervals, for which items flow longer. */
const BATCHES = 3;
/** Intervals are many, and tell as much by their row as by their rounds. */
const ROUNDS = 2;
const OVERHEAD_SECONDS = 1;

export const interval: Measure = {
  name: 'interval',
  about: 'latency, signals and history by the batch interval',
  topics: ['interval'],
  prepare: warmUp,
  comparisons: (plan) => plan.intervals.map((ms) => byInterval(ms, plan)),
};

function byInterval(batchInterval: number, { flowMs }: Plan): Comparison {
  const id = (metric: string) => `interval/${batchInterval}/{side}/${metric}`;
  const lastsMs = Math.max(flowMs, BATCHES * batchInterval);
  const items = lastsMs / GAP_MS;
  return {
    name: batchInterval === 0 ? 'each item at once' : `${batchInterval} ms`,
    sides: SIDES,
    units: {
      [id('p50')]: 'ms',
      [id('signals')]: 'signals per 1,000 items',
      [id('events')]: 'events per 1,000 items',
    },
    rounds: ROUNDS,
    seconds: OVERHEAD_SECONDS + lastsMs / 1_000,
    async turn(stage, side) {
      const waits = Array.from({ length: items }, () => GAP_MS);
      const seen = await flow(stage, { side, readers: 1, pauses: waits, batchInterval });
      return {
        [id('p50')]: percentile(seen.latencies, 50),
        [id('signals')]: (seen.batches * 1_000) / seen.items,
        [id('events')]: (seen.events * 1_000) / seen.items,
      };
    },
  };
}
