/** Reads a stream run after run to its end, waiting whenever everything is read. */
import type { Item } from '../log.js';
import { advance, type Gap, type ReadPage, startAt } from './cursor.js';
import { afterReset } from './reset.js';

// #region run
/** What a run of a workflow offers a reader. */
export interface Run {
  /** Returns what the log holds from an offset on. */
  read(offset: number): Promise<ReadPage>;
  /**
   * Resolves when the run has done something since the last call, or since its start at the first
   * call: what is read afterwards is at least as new.
   */
  wait(): Promise<RunState>;
}

/** How a workflow ended, in the words of the Temporal client. */
export type EndStatus = 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'TERMINATED' | 'TIMED_OUT';

/** Whether a run goes on. */
export interface RunState {
  closed: boolean;
  /** How it ended, when it closed for good. */
  status?: EndStatus;
  /** The run that took over, when this one continued as new. */
  successor?: Run;
  // #region kept
  /** Up to which offset the items are still the same, when the workflow was reset. */
  kept?: number;
  // #endregion kept
}
// #endregion run

// #region follow
/**
 * Yields every item from an offset on, in order, and ends when the run has ended and its log is
 * read to the end. Asking whether the run has closed *before* the last read is what makes the last
 * event arrive: nothing can be appended after the closing.
 *
 * @param onGap - is told of items that were truncated before they could be read
 * @returns how the last run ended
 */
export async function* follow(
  run: Run,
  from: number,
  onGap: (gap: Gap) => void,
): AsyncGenerator<Item, EndStatus | undefined, undefined> {
  let cursor = startAt(from);
  let state = await run.wait();
  for (;;) {
    const page = await run.read(cursor.offset);
    const step = advance(cursor, page);
    if (step.gap) onGap(step.gap);
    for (const item of page.items) yield item;
    cursor = step.cursor;
    if (page.more) continue;
    if (state.closed && !state.successor) return state.status;
    if (state.successor) run = state.successor;
    // #region since-6
    // #region follow-reset
    if (state.kept !== undefined) cursor = afterReset(cursor, state.kept);
    // #endregion follow-reset
    // #endregion since-6
    state = await run.wait();
  }
}
// #endregion follow
