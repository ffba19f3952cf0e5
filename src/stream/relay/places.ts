/** Which consumer is served by which reading. Pure data. */
import type { Lane, Member } from './lane.js';
import { settle, type Topical } from './position.js';

/** The place of each consumer: in a lane, or among those who gather until there is one for them. */
export class Places<E extends Topical, M extends Member, S> {
  readonly gathering = new Set<M>();
  private readonly lanes = new Map<M, Lane<E, M, S> | undefined>();

  get size(): number {
    return this.lanes.size;
  }

  /** The lane of a consumer; undefined when it gathers, or is not there. */
  of(member: M): Lane<E, M, S> | undefined {
    return this.lanes.get(member);
  }

  /** Moves a consumer, or gives it its first place. */
  move(member: M, lane: Lane<E, M, S> | undefined): void {
    this.remove(member);
    (lane?.members ?? this.gathering).add(member);
    this.lanes.set(member, lane);
    if (lane) settle(member, lane.ring);
  }

  remove(member: M): void {
    this.lanes.get(member)?.members.delete(member);
    this.gathering.delete(member);
    this.lanes.delete(member);
  }
}
