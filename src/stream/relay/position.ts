/** Where a consumer of a relay is, and what it gets next from a ring. Pure. */
import type { Gap } from '../read/cursor.js';
import type { Held, Ring } from './ring.js';

/** What a relay does with a consumer that is slower than the stream; see `RelaySubscribeOptions`. */
export type Slow = 'wait' | 'skip' | 'drop';

/** What a position looks at in an item. */
export interface Topical extends Held {
  readonly topic: string;
}

/** Where a consumer is. */
export interface Position {
  /**
   * The next offset that concerns it: of an item of its topics that it has not taken, or else where
   * its ring ends. So a consumer of a rare topic is not behind for as long as nothing comes on it.
   */
  cursor: number;
  /** Whether the offset is one to go on from, and not 0 for "wherever the log begins". */
  isFixed: boolean;
  /** The topics it wants; undefined for all. */
  readonly topics: ReadonlySet<string> | undefined;
  readonly slow: Slow;
}

/** What a consumer gets next: an item, or a gap with its reason. */
export type Taken<E> =
  | { kind: 'item'; item: E }
  | { kind: 'gap'; gap: Gap; isTruncation: boolean }
  | { kind: 'tooSlow'; from: number };

/** Whether a position is where the ring has nothing any more, for the ring was not kept for it. */
export function hasFallenBehind({ cursor }: Position, ring: Ring<Topical>): boolean {
  return cursor < ring.start;
}

/** Takes what comes next at a position and moves it; undefined when the ring has no more for it. */
export function take<E extends Topical>(position: Position, ring: Ring<E>): Taken<E> | undefined {
  const { cursor: from, slow } = position;
  if (hasFallenBehind(position, ring)) {
    if (slow === 'drop') return { kind: 'tooSlow', from };
    moveTo(position, ring.start, ring);
    return { kind: 'gap', gap: { from, to: ring.start }, isTruncation: false };
  }
  const item = ring.find(from);
  const to = item?.offset ?? ring.end;
  if (to > from) {
    moveTo(position, to, ring);
    return { kind: 'gap', gap: { from, to }, isTruncation: true };
  }
  if (!item) return undefined;
  moveTo(position, from + 1, ring);
  return { kind: 'item', item };
}

function moveTo(position: Position, cursor: number, ring: Ring<Topical>): void {
  position.cursor = cursor;
  position.isFixed = true;
  settle(position, ring);
}

/** Moves a position over the items that it does not want, up to one that it does or to a gap. */
export function settle(position: Position, ring: Ring<Topical>): void {
  if (position.cursor < ring.start) return;
  if (!position.isFixed) {
    // Who asks for wherever the log begins misses nothing when it begins later.
    if (ring.end === 0) return;
    position.cursor = ring.find(position.cursor)?.offset ?? ring.end;
    position.isFixed = true;
  }
  const { topics } = position;
  if (!topics) return;
  for (;;) {
    const item = ring.find(position.cursor);
    if (item?.offset !== position.cursor || topics.has(item.topic)) return;
    position.cursor++;
  }
}
