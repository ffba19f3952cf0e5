import type { Random } from './random.ts';

/** What a proxy can do to a call. */
export const FAULTS = [
  /** The request waits before it is passed on. */
  'requestDelayed',
  /** The answer waits before it is given back. */
  'answerDelayed',
  /** The request never gets to the server; the client is told UNAVAILABLE, and the SDK repeats it. */
  'requestLost',
  /** The same, but the server has done what was asked. */
  'answerLost',
  /** The request never gets to the server; its stream is cut, which the SDK does not repeat. */
  'requestCut',
  /** The same, but the server has done what was asked. */
  'answerCut',
  /** Half of the answer comes, and no status. */
  'answerTorn',
  /** The server gets the request twice. */
  'requestRepeated',
  /** The client's connection ends, with every call that is under way on it. */
  'connectionDropped',
] as const;
export type Fault = (typeof FAULTS)[number];

/** How many faults of each kind there have been. */
export type FaultCounts = Record<Fault, number>;

/** No faults so far. */
export function noFaults(): FaultCounts {
  return Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as FaultCounts;
}

/** One of so many calls meets each kind of fault, and the others none. */
const CALLS_PER_ROUND = 30;

/**
 * Deals a fault, or none, to one call after the other. Dealing from a shuffled pack and not by
 * independent chances makes sure that even a short run meets every kind.
 */
export function dealFaults(random: Random): () => Fault | undefined {
  const pack = Array.from({ length: CALLS_PER_ROUND }, (_, index) => FAULTS[index]);
  let left: (Fault | undefined)[] = [];
  return () => {
    if (left.length === 0) left = random.shuffle(pack);
    return left.pop();
  };
}
