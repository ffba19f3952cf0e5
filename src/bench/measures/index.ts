import type { Measure } from '../measure.js';
import { catchUp } from './catch-up.js';
import { codec } from './codec.js';
import { ending } from './ending.js';
import { interval } from './interval.js';
import { latency } from './latency.js';
import { memory } from './memory.js';
import { pace, payload } from './payload.js';
import { throughput } from './throughput.js';

/** Everything that can be measured, in the order in which it is. */
export const MEASURES: readonly Measure[] = [
  latency,
  pace,
  payload,
  ending,
  catchUp,
  throughput,
  codec,
  memory,
  interval,
];
