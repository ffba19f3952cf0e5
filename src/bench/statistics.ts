/** Sums over measurements. */
import type { Figure, Measured } from './results.js';

/** Digits that are kept of a figure: the spread of a timing leaves no meaning to more. */
const DIGITS = 4;

/**
 * The value that so many percent of the others do not exceed (nearest rank), so that it is one that
 * was measured and nothing in between.
 *
 * @param percent - over 0 and up to 100
 * @throws RangeError when there is no value
 */
export function percentile(values: readonly number[], percent: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  const value = ordered[Math.max(Math.ceil((percent / 100) * ordered.length), 1) - 1];
  if (value === undefined) throw new RangeError('There is nothing to take a percentile of.');
  return value;
}

/**
 * The value in the middle; with an even number of values, the mean of the two.
 *
 * @throws RangeError when there is no value
 */
export function median(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  const below = ordered[Math.ceil(ordered.length / 2) - 1];
  const above = ordered[Math.floor(ordered.length / 2)];
  if (below === undefined || above === undefined) throw new RangeError('No median of nothing.');
  return (below + above) / 2;
}

/** What came of a round: a value, or why there is none. */
export type Outcome = number | { failed: string };

/** What the rounds of one figure come to. A figure that failed once has failed. */
export function summarised(outcomes: readonly Outcome[], unit: string): Figure {
  const rounds = outcomes.length;
  const values = outcomes.filter((outcome) => typeof outcome === 'number');
  const failures = outcomes.filter((outcome) => typeof outcome !== 'number');
  const [first] = failures;
  if (first) return { failed: `${failures.length} of ${rounds}: ${first.failed}`, unit, rounds };
  return spread(median(values), Math.min(...values), Math.max(...values), unit, rounds);
}

/** A figure in the digits that mean something. */
export function spread(
  value: number,
  low: number,
  high: number,
  unit: string,
  rounds: number,
): Measured {
  return { value: rounded(value), low: rounded(low), high: rounded(high), unit, rounds };
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/**
 * By which factor y changes when x doubles, if y is a power of x: 1 for a y that x does not matter to,
 * 2 for one that grows along. Least squares over the logarithms of all points.
 *
 * @param points - at least two, with x and y over 0
 * @throws RangeError when there are fewer
 */
export function growth(points: readonly (readonly [x: number, y: number])[]): number {
  if (points.length < 2) throw new RangeError('Growth takes two points.');
  const logs = points.map(([x, y]) => [Math.log2(x), Math.log2(y)] as const);
  const mean = (index: 0 | 1) => logs.reduce((sum, log) => sum + log[index], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const over = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const under = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return 2 ** (over / under);
}
