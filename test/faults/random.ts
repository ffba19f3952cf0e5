/** Chance that can be had again: the same seed draws the same numbers. */
export interface Random {
  /** A number from 0 up to 1, without 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** One of a list. */
  pick<T>(list: readonly [T, ...T[]]): T;
  /** The list in another order. */
  shuffle<T>(list: readonly T[]): T[];
  /** A source of its own, so that how often one is asked does not change what another draws. */
  fork(): Random;
}

/**
 * Numbers from a seed, by mulberry32 of Tommy Ettinger (public domain,
 * https://gist.github.com/tommyettinger/46a874533244883189143505d203312c).
 *
 * @param seed - 32 bits; more are cut off
 */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  const bits = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = (): number => bits() / 2 ** 32;
  const whole = (least: number, most: number): number =>
    least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    pick: <T>(list: readonly [T, ...T[]]): T => list[whole(0, list.length - 1)] as T,
    shuffle<T>(list: readonly T[]): T[] {
      const cards = [...list];
      // Fisher and Yates: each card changes places with one that is not yet dealt.
      for (let last = cards.length - 1; last > 0; last--) {
        const other = whole(0, last);
        [cards[last], cards[other]] = [cards[other] as T, cards[last] as T];
      }
      return cards;
    },
    fork: () => randomFrom(bits()),
  };
}
