/** What a host remembers of its publishers, so that a batch that comes twice is taken once. */
import type { Entry } from '../log.js';
import { MAX_PUBLISHERS_BYTES } from '../size.js';
import { isOffset, isRecord, type WorkflowStreamState } from '../wire.js';
import type { Batch } from './batch.js';

/** Which part of the carried state is about publishers. */
export type PublisherState = Pick<
  WorkflowStreamState,
  'publisher_sequences' | 'publisher_last_seen'
>;

/** What a publisher's two numbers take in a state at most: digits, and the signs around them. */
const NUMBERS_BYTES = 50;

const encoder = new TextEncoder();

// #region publishers
interface Publisher {
  /** The last sequence number taken. */
  sequence: number;
  /** In seconds since the epoch. */
  lastSeen: number;
}

/** How many publishers are remembered before those that fell silent are looked for. */
const CROWD = 1_000;

/** The publishers of a stream, by their ids. */
export class Publishers {
  private readonly known = new Map<string, Publisher>();
  private crowd = CROWD;

  /**
   * @param ttl - for how many seconds after its last batch a publisher is remembered
   * @param state - what the run before knew
   */
  constructor(
    private readonly ttl: number,
    state?: Partial<PublisherState> | null,
  ) {
    const { publisher_sequences: sequences, publisher_last_seen: lastSeen } = state ?? {};
    if (!isRecord(sequences)) return;
    for (const [id, sequence] of Object.entries(sequences)) {
      if (isOffset(sequence)) this.known.set(id, { sequence, lastSeen: lastSeen?.[id] ?? 0 });
    }
  }
  // #endregion publishers

  // #region admit
  /**
   * Returns those of a batch's entries that were not taken before, and remembers them as taken.
   *
   * @param now - in seconds since the epoch
   */
  admit(batch: Batch, now: number): Entry[] {
    const { publisherId, sequence } = batch;
    if (publisherId === '') return batch.entries;
    const last = this.known.get(publisherId)?.sequence ?? 0;
    if (sequence <= last) return [];
    this.known.set(publisherId, { sequence, lastSeen: now });
    if (this.known.size > this.crowd) this.forget(now);
    return newEntries(batch, last);
  }
  // #endregion admit

  /**
   * The publishers heard of in the last `ttl` seconds, as many of those heard of last as a state has
   * room for: to forget one that is silent risks a repeated batch, and a state that is too big ends
   * the workflow.
   *
   * @param now - in seconds since the epoch
   */
  snapshot(ttl: number, now: number): PublisherState {
    const active = [...this.known]
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

  // #region forget
  /** Every attempt of an activity is a publisher of its own, so a long run would fill up with them. */
  private forget(now: number): void {
    for (const [id, { lastSeen }] of this.known) {
      if (now - lastSeen >= this.ttl) this.known.delete(id);
    }
    this.crowd = Math.max(CROWD, 2 * this.known.size);
  }
  // #endregion forget
}

// #region new-entries
/** The entries of an accepted batch that come after sequence number `last`. */
function newEntries({ sequence, numbersItems, entries, refused }: Batch, last: number): Entry[] {
  // With an entry missing, the numbers of the others are unknown.
  if (!numbersItems || refused > 0) return entries;
  const first = sequence - entries.length + 1;
  return entries.slice(Math.max(0, last + 1 - first));
}
// #endregion new-entries
