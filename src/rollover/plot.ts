/** A watch as a picture: runs that begin again and again, and offsets that never do. */
import type { Seen } from './readers.js';
import type { RunSummary } from './runs.js';

/** A line of a plot. */
export interface Line {
  name: string;
  points: [seconds: number, count: number][];
}

// #region plot
/**
 * The length of the history, run after run, and the number of items that a reader has received, over
 * the seconds since the first run began.
 */
export function linesOf(
  runs: readonly Pick<RunSummary, 'eventTimes'>[],
  seen: readonly Seen[],
): [history: Line, items: Line] {
  const begin = runs[0]?.eventTimes[0] ?? 0;
  const count = (times: readonly number[]) =>
    times.map((at, index): [number, number] => [(at - begin) / 1_000, index + 1]);
  return [
    { name: 'events of the run', points: runs.flatMap(({ eventTimes }) => count(eventTimes)) },
    { name: 'items received', points: count(seen.map(({ at }) => at)) },
  ];
}
// #endregion plot
