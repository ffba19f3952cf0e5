/**
 * Decides for a relay what to read, what to keep, and who is served from where. Knows no network and no
 * promise: whoever drives it reads what it asks for, and tells it what came.
 *
 * There is one live reading, and at most one of the past: for those who want what the live ring does
 * not hold any more. It ends where the live ring begins, and its consumers go over. Who comes while
 * it runs joins it, or gathers for the next one when what they want is no longer in its ring either.
 */
import { Lane, type Member, type Outcome } from './lane.js';
import { Places } from './places.js';
import { hasFallenBehind, settle, type Taken, type Topical, take } from './position.js';
import type { RingLimits } from './ring.js';

/** What a consumer gets: an item, a gap, or the end of everything. */
export type Next<E, S> = Taken<E> | { kind: 'end'; outcome: Outcome<S> };

/** Readings and consumers. `E` are items, `M` consumers, and `S` tells how a stream ended. */
export class Plan<E extends Topical, M extends Member, S> {
  live: Lane<E, M, S> | undefined;
  past: Lane<E, M, S> | undefined;
  private readonly places = new Places<E, M, S>();

  constructor(private readonly limits: RingLimits) {}

  /** How many consumers there are. */
  get size(): number {
    return this.places.size;
  }

  /** Gives a consumer its place: in a lane that holds or will read what it wants, or among those who gather. */
  add(member: M): void {
    const { live, past } = this;
    if (live && member.cursor >= live.ring.start) this.places.move(member, live);
    else if (past && this.willServe(past, member)) this.places.move(member, past);
    else this.places.move(member, undefined);
  }

  remove(member: M): void {
    this.places.remove(member);
    if (this.past?.members.size === 0) this.past = undefined;
  }

  /** Whether consumers wait for a reading that has yet to begin. */
  get isGathering(): boolean {
    return this.places.gathering.size > 0;
  }

  /**
   * The reading that has to begin now, if one has to: of the stream, for the first consumers; of the
   * past, for those who gather.
   *
   * @param isImpatient - whether they have waited long for another reading of the past. It then makes
   *   way, and what it still had to read for its own consumers is read again: if it cannot go on, or
   *   has brought something new to each of them, so that all get on however many come
   */
  open(isImpatient: boolean): Lane<E, M, S> | undefined {
    if (!this.isGathering) return undefined;
    const { past } = this;
    if (past && !past.outcome) {
      const canGoOn = this.mayRead(past) || this.hasRoom(past);
      if (!isImpatient || (canGoOn && past.ring.end <= past.known)) return undefined;
    }
    for (const member of past?.members ?? []) this.places.move(member, undefined);
    const { first, last } = extent(this.places.gathering);
    const lane = new Lane<E, M, S>(this.limits, first, last);
    if (this.live) this.past = lane;
    else this.live = lane;
    for (const member of [...this.places.gathering]) this.add(member);
    return lane;
  }

  /**
   * Begins the live reading anew where the stream ends now, when its consumers are ahead of that: a past
   * that is read for others would never come to where it began, and go on as a second live one.
   *
   * @param end - the offset that the next item will get
   */
  restart(end: number): Lane<E, M, S> | undefined {
    const { live } = this;
    if (!live || !this.isRead(live) || live.hasBegun || live.from <= end) return undefined;
    const lane = new Lane<E, M, S>(this.limits, end, end);
    this.live = lane;
    for (const member of live.members) this.places.move(member, lane);
    this.meet();
    return lane;
  }

  /** Whether a lane is one that is still read for somebody. */
  isRead(lane: Lane<E, M, S>): boolean {
    const isCurrent = lane === this.live || lane === this.past;
    return isCurrent && this.size > 0 && !lane.outcome && !lane.hasMet;
  }

  /** Whether to read on: the stream always, its past when a consumer asks for it. */
  mayRead(lane: Lane<E, M, S>): boolean {
    if (!this.isRead(lane) || lane.hand) return false;
    if (lane === this.live) return true;
    for (const { isAsking } of lane.members) if (isAsking) return true;
    return false;
  }

  /** Takes an item that was read. Returns the consumers that were too slow for their policy. */
  arrive(lane: Lane<E, M, S>, item: E): M[] {
    const { live, past } = this;
    if (lane === past && live && item.offset >= live.ring.start) {
      this.cover(lane, live.ring.start);
      return [];
    }
    lane.hand = item;
    return this.makeRoom(lane);
  }

  /** Puts what a lane has in hand into its ring, when by now it has room. Returns who was too slow. */
  makeRoom(lane: Lane<E, M, S>): M[] {
    const { hand } = lane;
    if (!hand || !this.hasRoom(lane)) return [];
    const { start } = lane.ring;
    lane.hand = undefined;
    lane.push(hand);
    this.meet();
    if (lane.ring.start === start) return [];
    return [...lane.members].filter((member) => isDropped(member, lane));
  }

  /** Takes note that the stream has forgotten what a lane wanted to read, up to an offset. */
  forget(lane: Lane<E, M, S>, upTo: number): void {
    const { live } = this;
    // What the live ring still holds is not lost.
    const isPast = lane === this.past && live;
    lane.skipTo(isPast ? Math.min(upTo, live.ring.start) : upTo);
    this.meet();
  }

  /** Takes note that a reading has ended. */
  end(lane: Lane<E, M, S>, outcome: Outcome<S>): void {
    const { live, past } = this;
    lane.outcome = outcome;
    if ('error' in outcome) return;
    if (lane === past && live?.hasBegun) {
      // Whatever it has not brought was forgotten, since the live reading found more.
      lane.outcome = undefined;
      this.cover(lane, live.ring.start);
    } else if (lane.from === 0 && !lane.hasBegun) {
      // Nothing is left, and a reading from 0 does not tell what there was. One from where a consumer
      // has got does.
      if (lane === past) this.past = undefined;
      else this.live = undefined;
      for (const member of lane.members) if (member.cursor > 0) this.places.move(member, undefined);
    }
  }

  /** Gives a consumer what comes next for it; undefined when that has yet to be read. */
  take(member: M): Next<E, S> | undefined {
    for (;;) {
      const lane = this.places.of(member);
      if (!lane) return undefined;
      if (lane === this.past && this.isReadyToMove(member, lane)) {
        this.goLive(member);
        continue;
      }
      const taken = take(member, lane.ring);
      if (taken && lane === this.past && this.isReadyToMove(member, lane)) this.goLive(member);
      if (taken) return taken;
      return lane.outcome && { kind: 'end', outcome: lane.outcome };
    }
  }

  /** Whether a past has what a consumer wants next, or will read it, and leads on to the live ring. */
  private willServe(past: Lane<E, M, S>, member: M): boolean {
    if (past.outcome || hasFallenBehind(member, past.ring)) return false;
    return !past.hasMet || past.ring.end >= (this.live?.ring.start ?? 0);
  }

  /** Whether what a lane has in hand would fit in without loss to a consumer that waits. */
  private hasRoom(lane: Lane<E, M, S>): boolean {
    if (!lane.hand || !this.isRead(lane)) return false;
    const price = lane.ring.priceOf(lane.hand.bytes);
    if (price === undefined) return true;
    const { past } = this;
    // Who waits and reads the rest of a past that is over comes to the live ring where that ended.
    const isAwaited = lane === this.live && past?.hasMet && past.needed < Infinity;
    return price < Math.min(lane.needed, isAwaited ? past.ring.end : Infinity);
  }

  /** Ends the reading of the past with nothing more up to an offset. */
  private cover(lane: Lane<E, M, S>, upTo: number): void {
    lane.ring.skipTo(upTo);
    for (const member of lane.members) settle(member, lane.ring);
    this.meet();
  }

  /** Ends the reading of the past once it has come to the live ring. */
  private meet(): void {
    const { live, past } = this;
    if (!live || !past || past.hasMet || past.ring.end < live.ring.start) return;
    past.hasMet = true;
    for (const member of past.members) if (this.isReadyToMove(member, past)) this.goLive(member);
  }

  /** Whether a consumer has nothing to take any more from a past, and goes over to the live ring. */
  private isReadyToMove({ cursor }: M, past: Lane<E, M, S>): boolean {
    return (
      past.hasMet && (cursor >= past.ring.end || cursor >= (this.live?.ring.start ?? Infinity))
    );
  }

  private goLive(member: M): void {
    this.places.move(member, this.live);
    if (this.past?.members.size === 0) this.past = undefined;
  }
}

/** The first and the last place of some consumers. */
function extent(members: Iterable<Member>): { first: number; last: number } {
  let first = Infinity;
  let last = 0;
  for (const { cursor } of members) {
    first = Math.min(first, cursor);
    last = Math.max(last, cursor);
  }
  return { first, last };
}

function isDropped<E extends Topical, M extends Member, S>(member: M, lane: Lane<E, M, S>) {
  return member.slow === 'drop' && hasFallenBehind(member, lane.ring);
}
