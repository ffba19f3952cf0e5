/** Which items travel together, and under which number: decisions without a clock or a network. */
import type { Entry } from '../log.js';
import { itemBytes, MAX_BATCH_BYTES } from '../size.js';
import type { PublishInput } from '../wire.js';

// #region batch
/** Items that travel together. */
export interface Batch {
  entries: Entry[];
  /** The JSON that they take. */
  bytes: number;
}

/** True when one more entry may join a batch; an empty batch takes any. */
export function hasRoom({ entries, bytes }: Batch, entry: Entry, maxItems: number): boolean {
  if (entries.length === 0) return true;
  return entries.length < maxItems && bytes + itemBytes(entry) <= MAX_BATCH_BYTES;
}

/** Puts an entry into a batch. */
export function join(batch: Batch, entry: Entry): void {
  batch.entries.push(entry);
  batch.bytes += itemBytes(entry);
}
// #endregion batch

// #region numbered
/** How batches are told apart by the host. */
export interface Numbering {
  publisherId: string;
  /** Whether items are numbered instead of batches. */
  numbersItems: boolean;
}

/** A batch as it travels, with the number that follows number `last`. */
export function numbered({ entries: items }: Batch, last: number, by: Numbering): PublishInput {
  const publisher_id = by.publisherId;
  // #region since-5
  // #region number-items
  if (by.numbersItems) {
    // The number of a batch is then that of its last item.
    return { items, publisher_id, sequence: last + items.length, numbers_items: true };
  }
  // #endregion number-items
  // #endregion since-5
  return { items, publisher_id, sequence: last + 1 };
}
// #endregion numbered
