/** The stretch of a stream that a relay holds in memory: bounded, oldest out first. Pure data. */

/** What a ring holds: something with an offset and a size. */
export interface Held {
  readonly offset: number;
  readonly bytes: number;
}

/** How much a ring may hold. An entry that is larger than the ring is held alone. */
export interface RingLimits {
  maxItems: number;
  maxBytes: number;
}

/** How many slots of entries given up may pile up before the rest is moved to the front. */
const COMPACT_AFTER = 1024;

/**
 * Covers the offsets from `start` up to, but without, `end`. An offset in between that has no entry
 * was forgotten by the stream before it could be read.
 */
export class Ring<E extends Held> {
  private entries: (E | undefined)[] = [];
  /** Where in `entries` the oldest one is. */
  private head = 0;
  private total = 0;
  private first: number;
  private last: number;

  constructor(
    private readonly limits: RingLimits,
    start: number,
  ) {
    this.first = start;
    this.last = start;
  }

  /** The first offset covered: what lies before was given up, or never asked for. */
  get start(): number {
    return this.first;
  }

  /** One past the last offset covered: what is read next. */
  get end(): number {
    return this.last;
  }

  get size(): number {
    return this.entries.length - this.head;
  }

  get bytes(): number {
    return this.total;
  }

  /** The first entry at or after an offset. */
  find(offset: number): E | undefined {
    const oldest = this.entries[this.head];
    if (!oldest || offset <= oldest.offset) return oldest;
    // Nearly always nothing is missing, and the place of an entry follows from its offset.
    const near = Math.min(this.head + offset - oldest.offset, this.entries.length);
    const guess = this.entries[near];
    if (guess?.offset === offset) return guess;
    let low = this.head;
    let high = near;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle] as E).offset < offset) low = middle + 1;
      else high = middle;
    }
    return this.entries[low];
  }

  /** The last offset that has to be given up for so many bytes more; undefined when they fit in. */
  priceOf(bytes: number): number | undefined {
    const surplus = this.surplus(bytes);
    return surplus === 0 ? undefined : this.entries[this.head + surplus - 1]?.offset;
  }

  /** Adds an entry at the end, and gives up as many of the oldest as that takes. */
  push(entry: E): void {
    for (let left = this.surplus(entry.bytes); left > 0; left--) this.giveUpOldest();
    this.entries.push(entry);
    this.total += entry.bytes;
    this.last = entry.offset + 1;
  }

  /** Covers what the stream has forgotten up to an offset. */
  skipTo(offset: number): void {
    this.last = Math.max(this.last, offset);
  }

  /** How many of the oldest entries must go before so many bytes more fit in. */
  private surplus(bytes: number): number {
    let count = this.size;
    let total = this.total;
    for (let index = this.head; count > 0 && this.isOver(count + 1, total + bytes); index++) {
      total -= (this.entries[index] as E).bytes;
      count--;
    }
    return this.size - count;
  }

  private isOver(items: number, bytes: number): boolean {
    return items > this.limits.maxItems || bytes > this.limits.maxBytes;
  }

  private giveUpOldest(): void {
    const { offset, bytes } = this.entries[this.head] as E;
    this.entries[this.head++] = undefined;
    this.total -= bytes;
    this.first = offset + 1;
    if (this.head < COMPACT_AFTER || this.head * 2 < this.entries.length) return;
    this.entries.splice(0, this.head);
    this.head = 0;
  }
}
