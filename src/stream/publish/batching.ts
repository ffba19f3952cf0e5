/** Which items travel together, and under which number: decisions without a clock or a network. */
import type { Entry } from '../log.js';
import { itemBytes, MAX_BATCH_BYTES } from '../size.js';
import type { PublishInput } from '../wire.js';

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

/** How batches are told apart by the host. */
export interface Numbering {
  publisherId: string;
  /** Whether items are numbered instead of batches. */
  numbersItems: boolean;
}

/**
 * A batch as it travels, with the number that follows number `last`: one more, or as many more as
 * the batch has items when it is the items that are numbered.
 */
export function numbered({ entries }: Batch, last: number, by: Numbering): PublishInput {
  const { publisherId, numbersItems } = by;
  const sequence = last + (numbersItems ? entries.length : 1);
  const input: PublishInput = { items: entries, publisher_id: publisherId, sequence };
  return numbersItems ? { ...input, numbers_items: true } : input;
}
