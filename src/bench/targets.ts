/** What this book promises of its stream, as ratios of figures and bounds for them. */
import { growthsOf } from './points.js';
import { type Figure, type Figures, isMeasured, type Measured, merged } from './results.js';
import { spread } from './statistics.js';

/** A figure divided by another. */
interface Ratio {
  id: string;
  over: string;
  under: string;
}

/** Every ratio that is derived from what was measured. */
const RATIOS: readonly Ratio[] = [
  { id: 'ratio/history-25', ...packages('history/25/{side}/events-per-batch') },
  { id: 'ratio/history-25-bytes', ...packages('history/25/{side}/bytes-per-batch') },
  { id: 'ratio/calm-25', ...packages('calm/25/{side}/events-per-batch') },
  { id: 'ratio/latency-25-p50', ...packages('latency/25/{side}/p50') },
  { id: 'ratio/latency-25-p99', ...packages('latency/25/{side}/p99') },
  { id: 'ratio/latency-1-p50', ...packages('latency/1/{side}/p50') },
  {
    id: 'ratio/latency-1-p50-bare-query',
    over: 'latency/1/ours/p50',
    under: 'latency/1/bare-query/p50',
  },
  {
    id: 'ratio/latency-1-p50-bare-update',
    over: 'latency/1/ours-tuned/p50',
    under: 'latency/1/bare-update/p50',
  },
  { id: 'ratio/catch-up-10000', ...packages('catch-up/10000/{side}/ms') },
  { id: 'ratio/codec-1MB-encode', ...packages('codec/1MB/{side}/encode') },
  { id: 'ratio/codec-1MB-decode', ...packages('codec/1MB/{side}/decode') },
];

function packages(id: string): Pick<Ratio, 'over' | 'under'> {
  return { over: id.replace('{side}', 'ours'), under: id.replace('{side}', 'official') };
}

/** What a figure has to be. */
interface Target {
  id: string;
  promise: string;
  holds: (value: number) => boolean;
}

/** The promises, in the order in which a reader meets them. */
const TARGETS: readonly Target[] = [
  under('ratio/history-25', 1 / 12, 'history at 25 readers, a batch each 100 ms, under 1/12'),
  under('ratio/calm-25', 1 / 12, 'history at 25 readers, a batch each 500 ms, under 1/12'),
  under('ratio/latency-25-p99', 1 / 5, 'p99 at 25 readers under 1/5 of official'),
  under('ratio/latency-1-p50', 1 / 3, 'p50 at one reader under 1/3 of official'),
  under('ratio/latency-1-p50-bare-query', 1.5, 'p50 at one reader within 1.5 × a bare query'),
  under(
    'ratio/latency-1-p50-bare-update',
    1.5,
    'p50 at one reader, by update, within 1.5 × a bare update',
  ),
  all('ending/at-once/ours/items', 'every item when the workflow returns at once'),
  all('ending/waiting/ours/items', 'every item when the reader waits for them'),
  all('ending/reading/ours/items', 'every item when the reader is busy with another'),
  all('ending/after/ours/items', 'every item when the reader comes after the end'),
  under('ratio/catch-up-10000', 0.6, 'catch-up of 10,000 items under 60% of the time'),
  none('catch-up/10000/ours/events', 'catch-up writes no history'),
  under('ratio/codec-1MB-encode', 1 / 20, 'writing 1 MB is 20 × as fast'),
  under('ratio/codec-1MB-decode', 1 / 20, 'reading 1 MB is 20 × as fast'),
];

/** Items that a workflow publishes as it returns. */
export const LAST_ITEMS = 1_000;

function under(id: string, bound: number, promise: string): Target {
  return { id, promise, holds: (value) => value <= bound };
}

function all(id: string, promise: string): Target {
  return { id, promise, holds: (value) => value === LAST_ITEMS };
}

function none(id: string, promise: string): Target {
  return { id, promise, holds: (value) => value === 0 };
}

/** The figures with all that is derived from them, in the place of what was derived before. */
export function withDerived(figures: Figures): Figures {
  const derived = { ...ratiosOf(figures), ...growthsOf(figures) };
  return merged(figures, derived, ['ratio', 'growth']);
}

/** Ratios of what was measured; one whose figures are missing is left out. */
export function ratiosOf(figures: Figures): Figures {
  return Object.fromEntries(
    RATIOS.flatMap(({ id, over, under }): [string, Figure][] => {
      const [a, b] = [figures[over], figures[under]];
      return a && b ? [[id, divided(over, a, under, b)]] : [];
    }),
  );
}

/** The spread of a ratio is the widest that those of its figures allow. */
function divided(over: string, a: Figure, under: string, b: Figure): Figure {
  const rounds = Math.min(a.rounds, b.rounds);
  if (!isMeasured(a)) return { failed: `${over}: ${a.failed}`, unit: '×', rounds };
  if (!isMeasured(b)) return { failed: `${under}: ${b.failed}`, unit: '×', rounds };
  return spread(a.value / b.value, a.low / b.high, a.high / b.low, '×', rounds);
}

/** How a promise came out: kept as well where the official package fails and ours does not. */
export interface Verdict {
  promise: string;
  id: string;
  figure: Figure;
  isMet: boolean;
}

/** True for a ratio that could not be computed since the official package failed, and ours did not. */
function isOfficialFailure(figure: Figure): boolean {
  return !isMeasured(figure) && figure.failed.includes('/official/');
}

/** Every promise whose figure was measured. */
export function verdictsOf(figures: Figures): Verdict[] {
  return TARGETS.flatMap(({ id, promise, holds }) => {
    const figure = figures[id];
    if (!figure) return [];
    const isMet = isMeasured(figure) ? holds(figure.value) : isOfficialFailure(figure);
    return [{ promise, id, figure, isMet }];
  });
}

/** A figure of ours that is worse than the official one. */
export interface Slower {
  id: string;
  ours: Measured;
  official: Measured;
  /** Whether the lowest of ours is over the highest of theirs, so that chance is no explanation. */
  isCertain: boolean;
}

/** Topics whose figures are better when they are smaller, and those that are better when they are bigger. */
const SMALLER = ['latency', 'catch-up', 'codec', 'payload', 'pace', 'interval', 'cpu', 'memory'];
const BIGGER = ['throughput'];

/** Where the defaults of this book are slower than, or take more than, the official ones. */
export function slowerThanOfficial(figures: Figures): Slower[] {
  return Object.entries(figures).flatMap(([id, ours]) => {
    const official = figures[id.replace('/ours/', '/official/')];
    // How many signals there are is what the interval asks for.
    if (
      !id.includes('/ours/') ||
      id.endsWith('/signals') ||
      !isMeasured(ours) ||
      !isMeasured(official)
    )
      return [];
    const topic = id.split('/')[0] ?? '';
    const sign = SMALLER.includes(topic) ? 1 : BIGGER.includes(topic) ? -1 : 0;
    if (sign * (ours.value - official.value) <= 0) return [];
    const isCertain = sign > 0 ? ours.low > official.high : ours.high < official.low;
    return [{ id, ours, official, isCertain }];
  });
}
