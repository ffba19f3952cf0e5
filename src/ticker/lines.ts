/** What a terminal shows of a ticker, line by line. */
import type { Tally } from './tally.js';
import type { Jump, Sighting } from './watch.js';

/** A tick for a lane: `offset=9  tick 10/30  31 parts`. */
export function describeTick({ offset, tick }: Sighting): string {
  return `offset=${offset}  tick ${tick.n}/${tick.of}  ${countParts(tick.total)}`;
}

/** A jump for a lane: `↪ jumped offset=9 → 13 (3 dropped)`. */
export function describeJump({ last, next, dropped }: Jump): string {
  const path = last < 0 ? `began at offset=${next}` : `jumped offset=${last} → ${next}`;
  return `↪ ${path} (${dropped} dropped)`;
}

/** What a reader has to say at the end, line by line. */
export function describeTally({ received, dropped, jumps, stated, added }: Tally): string[] {
  return [
    `received ${received}, dropped ${dropped}, jumps ${jumps}`,
    `${countParts(stated)} by the last tick`,
    `${countParts(added)} by adding up changes`,
  ];
}

function countParts(parts: number): string {
  return parts === 1 ? '1 part' : `${parts} parts`;
}
