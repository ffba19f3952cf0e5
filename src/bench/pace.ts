/** When a publisher of the bench publishes. */

/** Mean time between two items, in milliseconds. */
export const PACE_MS = 100;

/** Bounds of one pause, in means: two items are two batches, and no pause lasts for ever. */
const SHORTEST = 0.2;
const LONGEST = 4;

/**
 * Pauses between events that know nothing of each other: exponentially distributed, as arrivals of
 * independent sources are. A steady pace would fall into step with the cooldown of a reader that polls,
 * or out of step with it, and so favour one side. The pauses of a round are the same for every side.
 *
 * @param count - how many
 * @param meanMs - their mean before they are bounded, in milliseconds
 * @param round - rounds have different pauses
 */
export function pauses(count: number, meanMs: number, round: number): number[] {
  const random = randomNumbers(round + 1);
  return Array.from({ length: count }, () => {
    const pause = -Math.log(1 - random()) * meanMs;
    return Math.min(Math.max(pause, SHORTEST * meanMs), LONGEST * meanMs);
  });
}

/** Numbers from 0 up to 1 that are the same in every run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
