import type { Sighting } from './watch.js';

// #region tally
/** What a reader has had, and two answers to how many parts were made. */
export interface Tally {
  received: number;
  dropped: number;
  jumps: number;
  /** The parts made, as the last tick states them. */
  stated: number;
  /** The parts made, added up from the changes that arrived. */
  added: number;
}

/** The tally of a reader that has had nothing yet. */
export const NOTHING: Tally = { received: 0, dropped: 0, jumps: 0, stated: 0, added: 0 };

/** The tally with one tick more. */
export function withTick(tally: Tally, { tick, jump }: Sighting): Tally {
  return {
    received: tally.received + 1,
    dropped: tally.dropped + (jump?.dropped ?? 0),
    jumps: tally.jumps + (jump ? 1 : 0),
    stated: tick.total,
    added: tally.added + tick.made,
  };
}
// #endregion tally
