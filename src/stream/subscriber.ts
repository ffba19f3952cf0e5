/** The receiving half of a client: reads a run to its end, waiting whenever it has read everything. */
import type { Item, Page } from './log.js';

/** What a run of a workflow offers a reader. */
export interface Run {
  /** Returns what the log holds from an offset on, at once. */
  read(offset: number): Promise<Page>;
  /**
   * Resolves when the run has done something since the last call, or since its start at the first
   * call: what is read afterwards is at least as new.
   */
  wait(): Promise<RunState>;
}

/** Whether a run goes on. */
export interface RunState {
  closed: boolean;
  /** The run that took over, when this one continued as new. */
  successor?: Run;
}

// #region follow
/**
 * Yields every item from an offset on, in order, and ends when the run has ended and its log is
 * read to the end. Asking whether the run has closed *before* the last read is what makes the last
 * event arrive: nothing can be appended after the closing.
 */
export async function* follow(run: Run, from: number): AsyncGenerator<Item, void, undefined> {
  let offset = from;
  let state = await run.wait();
  for (;;) {
    const page = await run.read(offset);
    yield* page.items;
    offset = page.next;
    if (page.more) continue;
    if (state.closed && !state.successor) return;
    if (state.successor) run = state.successor;
    state = await run.wait();
  }
}
// #endregion follow
