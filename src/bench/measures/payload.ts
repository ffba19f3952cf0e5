/** Publish to receive by the bytes of an item, and by the time between items. */
import type { Comparison, Measure } from '../measure.js';
import { PACE_MS, pauses } from '../pace.js';
import type { Plan } from '../plan.js';
import type { SideName } from '../sides.js';
import { percentile } from '../statistics.js';
import { flow, warmUp } from './flow.js';

const SIDES: readonly SideName[] = ['ours', 'official'];
/** A few, so that what each of them takes shows. */
const READERS = 8;
const OVERHEAD_SECONDS = 1;

export const payload: Measure = {
  name: 'payload',
  about: 'publish to receive by the bytes of an item',
  topics: ['payload'],
  prepare: warmUp,
  comparisons: (plan) => plan.payloads.map((bytes) => byBytes(bytes, plan)),
};

export const pace: Measure = {
  name: 'pace',
  about: 'publish to receive by the time between items',
  topics: ['pace'],
  prepare: warmUp,
  comparisons: (plan) => plan.paces.map((meanMs) => byPace(meanMs, plan)),
};

function byBytes(padding: number, { items }: Plan): Comparison {
  const id = (metric: string) => `payload/${padding}/{side}/${metric}`;
  return {
    name: `${padding} bytes`,
    sides: SIDES,
    units: { [id('p50')]: 'ms', [id('p99')]: 'ms', [id('bytes-per-batch')]: 'bytes' },
    seconds: OVERHEAD_SECONDS + (items * PACE_MS) / 1_000,
    async turn(stage, side, round) {
      const waits = pauses(items, PACE_MS, round);
      const seen = await flow(stage, { side, readers: READERS, pauses: waits, padding });
      return {
        [id('p50')]: percentile(seen.latencies, 50),
        [id('p99')]: percentile(seen.latencies, 99),
        [id('bytes-per-batch')]: seen.bytes / seen.batches,
      };
    },
  };
}

function byPace(meanMs: number, { items }: Plan): Comparison {
  const id = (metric: string) => `pace/${meanMs}/{side}/${metric}`;
  return {
    name: `an item each ${meanMs} ms`,
    sides: SIDES,
    units: { [id('p50')]: 'ms', [id('p99')]: 'ms' },
    seconds: OVERHEAD_SECONDS + (items * meanMs) / 1_000,
    async turn(stage, side, round) {
      const waits = pauses(items, meanMs, round);
      const { latencies } = await flow(stage, { side, readers: 1, pauses: waits });
      return { [id('p50')]: percentile(latencies, 50), [id('p99')]: percentile(latencies, 99) };
    },
  };
}
