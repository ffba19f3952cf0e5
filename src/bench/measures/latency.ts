/** Publish to receive, by the number of readers; what it costs in history and processor time besides. */
import type { Comparison, Measure } from '../measure.js';
import { PACE_MS, pauses } from '../pace.js';
import type { Plan } from '../plan.js';
import type { SideName } from '../sides.js';
import { percentile } from '../statistics.js';
import { flow, warmUp } from './flow.js';

const SIDES: readonly SideName[] = [
  'ours',
  'ours-tuned',
  'official',
  'official-tuned',
  'bare-query',
  'bare-update',
];

/** Seconds for a connection, a workflow, its warm-up and its end. */
const OVERHEAD_SECONDS = 1;

export const latency: Measure = {
  name: 'latency',
  about: 'publish to receive by readers; history and processor time from the same runs',
  topics: ['latency', 'history', 'cpu', 'calm'],
  prepare: warmUp,
  comparisons: (plan) => [
    ...plan.readers.map((readers) => byReaders(readers, sidesFor(readers), plan)),
    byReaders(plan.relayed, ['relay'], plan),
    calm(plan),
  ],
};

function sidesFor(readers: number): readonly SideName[] {
  return readers === 1 ? SIDES : [...SIDES, 'ours-apart'];
}

function byReaders(readers: number, sides: readonly SideName[], { items }: Plan): Comparison {
  const id = (topic: string, metric: string) => `${topic}/${readers}/{side}/${metric}`;
  return {
    name: readers === 1 ? '1 reader' : `${readers} readers`,
    sides,
    units: {
      [id('latency', 'p50')]: 'ms',
      [id('latency', 'p95')]: 'ms',
      [id('latency', 'p99')]: 'ms',
      [id('history', 'events-per-batch')]: 'events',
      [id('history', 'bytes-per-batch')]: 'bytes',
      [id('cpu', 'worker')]: 'ms per 1,000 items',
      [id('cpu', 'client')]: 'ms per 1,000 items',
    },
    seconds: OVERHEAD_SECONDS + (items * PACE_MS) / 1_000,
    async turn(stage, side, round) {
      const seen = await flow(stage, {
        ...{ side, readers },
        pauses: pauses(items, PACE_MS, round),
      });
      const perThousand = 1_000 / seen.items;
      return {
        [id('latency', 'p50')]: percentile(seen.latencies, 50),
        [id('latency', 'p95')]: percentile(seen.latencies, 95),
        [id('latency', 'p99')]: percentile(seen.latencies, 99),
        [id('history', 'events-per-batch')]: seen.events / seen.batches,
        [id('history', 'bytes-per-batch')]: seen.bytes / seen.batches,
        [id('cpu', 'worker')]: seen.workerMs * perThousand,
        [id('cpu', 'client')]: seen.clientMs * perThousand,
      };
    },
  };
}

/** Readers of a stream with a batch now and then, and the mean time between two, in milliseconds. */
const CALM_READERS = 25;
const CALM_MS = 500;

/**
 * With a batch every tenth of a second most of 25 official readers are refused their poll and wait for
 * the next try, and a poll that is not taken writes no history. With more time they get their turn.
 */
function calm({ calmItems: items }: Plan): Comparison {
  const id = (metric: string) => `calm/${CALM_READERS}/{side}/${metric}`;
  return {
    name: `${CALM_READERS} readers, a batch every ${CALM_MS} ms`,
    sides: ['ours', 'official'],
    units: { [id('p50')]: 'ms', [id('p99')]: 'ms', [id('events-per-batch')]: 'events' },
    seconds: OVERHEAD_SECONDS + (items * CALM_MS) / 1_000,
    async turn(stage, side, round) {
      const spaced = pauses(items, CALM_MS, round);
      const seen = await flow(stage, { side, readers: CALM_READERS, pauses: spaced });
      return {
        [id('p50')]: percentile(seen.latencies, 50),
        [id('p99')]: percentile(seen.latencies, 99),
        [id('events-per-batch')]: seen.events / seen.batches,
      };
    },
  };
}
