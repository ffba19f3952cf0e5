/** The one topic of a ticker's stream. */
export const TICKS = 'ticks';

// #region events
/** What the counter on a press says at each tick. */
export interface Tick {
  /** Counts the ticks: 1, 2, 3, … */
  n: number;
  /** How many ticks there will be. */
  of: number;
  /** Parts made since the tick before: a change. */
  made: number;
  /** Parts made in all: a state. */
  total: number;
}
// #endregion events

// #region options
/** How a ticker ticks, and how it forgets. */
export interface TickerOptions {
  /** How many ticks, up to 10,000. @defaultValue 30 */
  count: number;
  /**
   * Time from one tick to the next, in milliseconds, up to a minute. Most servers let no timer take less
   * than about a second; the one that the book starts does. @defaultValue 200
   */
  intervalMs: number;
  /** After how many ticks the log is truncated; 0 is never. @defaultValue 2 */
  truncateEvery: number;
  /** How many ticks a truncation leaves. @defaultValue 1 */
  keepLast: number;
}
// #endregion options

/** The signal that has a ticker forget otherwise from now on; a {@link Forgetting} goes with it. */
export const ADJUST = 'adjust';

/** What a ticker can be told while it ticks. */
export type Forgetting = Pick<TickerOptions, 'truncateEvery' | 'keepLast'>;
