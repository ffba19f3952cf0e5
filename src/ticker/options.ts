import type { TickerOptions } from './events.js';

/** The smallest and the largest value that an option may have. */
export type Range = readonly [least: number, most: number];

const DEFAULTS: TickerOptions = { count: 30, intervalMs: 200, truncateEvery: 2, keepLast: 1 };

/**
 * What the options may be. A tick costs five events of history, and a server ends a workflow at 51,200
 * (`limit.historyCount.error`), so 10,000 ticks are what one run can have.
 */
export const RANGES: Readonly<Record<keyof TickerOptions, Range>> = {
  count: [1, 10_000],
  intervalMs: [1, 60_000],
  truncateEvery: [0, 10_000],
  keepLast: [1, 10_000],
};

/**
 * Fills in the defaults and checks the rest.
 *
 * @throws RangeError for the first option that is no whole number in its range
 */
export function tickerOptions(given: Partial<TickerOptions> = {}): TickerOptions {
  const options = { ...DEFAULTS, ...given };
  for (const name of Object.keys(RANGES) as (keyof TickerOptions)[]) {
    const mistake = mistakeIn(name, options[name], RANGES[name]);
    if (mistake) throw new RangeError(mistake);
  }
  return options;
}

/**
 * Says what is wrong with a number, if anything is.
 *
 * @param name - what the person who set it calls it
 */
export function mistakeIn(name: string, value: number, range: Range): string | undefined {
  if (isWithin(value, range)) return undefined;
  const [least, most] = range;
  return `${name} must be a whole number from ${least} to ${most}, not ${value}.`;
}

/** Whether something is a whole number in a range; whatever it is, asking does no harm. */
export function isWithin(value: unknown, [least, most]: Range): value is number {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
