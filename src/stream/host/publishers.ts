/** What a host remembers of its publishers, so that a batch that comes twice is taken once. */
import type { Entry } from '../log.js';
import { isOffset, isRecord, type WorkflowStreamState } from '../wire.js';
import type { Batch } from './batch.js';

// #region publishers
/** A publisher, as its host knows it. */
export interface Publisher {
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
    state?: Partial<WorkflowStreamState> | null,
  ) {
    const { publisher_sequences: sequences, publisher_last_seen: lastSeen } = state ?? {};
    if (!isRecord(sequences)) return;
    for (const [id, sequence] of Object.entries(sequences)) {
      if (isOffset(sequence)) this.known.set(id, { sequence, lastSeen: lastSeen?.[id] ?? 0 });
    }
  }

  /** Everybody who is remembered, by id. */
  get all(): ReadonlyMap<string, Publisher> {
    return this.known;
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
