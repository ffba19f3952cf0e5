/** One reading of the stream, and the consumers that it serves. Pure data. */
import { type Position, settle, type Topical } from './position.js';
import { Ring, type RingLimits } from './ring.js';

/** How a reading ended. */
export type Outcome<S> = { status: S | undefined } | { error: unknown };

/** A consumer as a lane sees it. */
export interface Member extends Position {
  /** Whether it has asked for an item that is not there yet. */
  readonly isAsking: boolean;
}

/** A reading: the live one, or one of the past. */
export class Lane<E extends Topical, M extends Member, S> {
  readonly ring: Ring<E>;
  readonly members = new Set<M>();
  /** An item that was read and finds no room in the ring until a waiting consumer moves on. */
  hand: E | undefined;
  outcome: Outcome<S> | undefined;
  /** Whether this reading of the past has come to where the live ring began, and so is over. */
  hasMet = false;

  /**
   * @param from - the offset at which the reading starts
   * @param known - how far the one of its consumers who knows most has got already
   */
  constructor(
    limits: RingLimits,
    readonly from: number,
    readonly known: number,
  ) {
    this.ring = new Ring(limits, from);
  }

  /** Whether it has learnt anything about the stream. */
  get hasBegun(): boolean {
    return this.ring.end > this.from;
  }

  /** The first offset that a waiting consumer still needs; infinite without one. */
  get needed(): number {
    let needed = Infinity;
    for (const { slow, cursor } of this.members) {
      if (slow === 'wait' && cursor < needed) needed = cursor;
    }
    return needed;
  }

  /** Takes an item into the ring, and moves those over it who have everything else and do not want it. */
  push(item: E): void {
    this.ring.push(item);
    for (const member of this.members) {
      if (!member.isFixed || member.cursor === item.offset) settle(member, this.ring);
    }
  }

  /** Covers offsets that the stream has forgotten. Who was there before it is to be told of them. */
  skipTo(offset: number): void {
    for (const member of this.members) member.isFixed = true;
    this.ring.skipTo(offset);
  }
}
