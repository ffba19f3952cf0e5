/** What a run hands to its successor about its publishers. */
import { MAX_PUBLISHERS_BYTES } from '../size.js';
import type { WorkflowStreamState } from '../wire.js';
import type { Publishers } from './publishers.js';

/** Which part of the carried state is about publishers. */
export type PublisherState = Pick<
  WorkflowStreamState,
  'publisher_sequences' | 'publisher_last_seen'
>;

/** What a publisher's two numbers take in a state at most: digits, and the signs around them. */
const NUMBERS_BYTES = 50;

const encoder = new TextEncoder();

/**
 * The publishers heard of in the last `ttl` seconds, as many of those heard of last as a state has
 * room for: to forget one that is silent risks a repeated batch, and a state that is too big ends
 * the workflow.
 *
 * @param now - in seconds since the epoch
 */
export function publisherState({ all }: Publishers, ttl: number, now: number): PublisherState {
  const active = [...all]
    .filter(([, { lastSeen }]) => now - lastSeen < ttl)
    .sort(([, a], [, b]) => b.lastSeen - a.lastSeen);
  let bytes = 0;
  const firstLeft = active.findIndex(([id]) => {
    // Each id is there twice: with its sequence, and with when it was heard of.
    bytes += 2 * encoder.encode(JSON.stringify(id)).length + NUMBERS_BYTES;
    return bytes > MAX_PUBLISHERS_BYTES;
  });
  if (firstLeft >= 0) active.length = firstLeft;
  return {
    publisher_sequences: Object.fromEntries(active.map(([id, { sequence }]) => [id, sequence])),
    publisher_last_seen: Object.fromEntries(active.map(([id, { lastSeen }]) => [id, lastSeen])),
  };
}
