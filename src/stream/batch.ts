/** What a host takes from a publish signal: anybody who may signal the workflow can send anything. */
import { decodePayloadWire } from './codec.js';
import { type Entry, jsonBytes } from './log.js';
import { isOffset, isRecord, MAX_ITEM_BYTES } from './wire.js';

/** A publish signal, checked. */
export interface Batch {
  /** Empty when the publisher does not want repeated batches recognised. */
  publisherId: string;
  /** 0 when missing or no whole number. */
  sequence: number;
  entries: Entry[];
  /** Why each entry that is not in `entries` was left out. */
  refused: string[];
}

/**
 * Reads the argument of a publish signal. Never throws: an exception in a signal handler fails the
 * workflow task, Temporal repeats the task, and the workflow is stuck for ever on one bad message.
 *
 * @param input - the argument as it arrived, of any type
 */
export function readBatch(input: unknown): Batch {
  const batch: Batch = { publisherId: '', sequence: 0, entries: [], refused: [] };
  if (!isRecord(input) || !Array.isArray(input.items)) {
    batch.refused.push('the signal has no list of items');
    return batch;
  }
  if (typeof input.publisher_id === 'string') batch.publisherId = input.publisher_id;
  if (isOffset(input.sequence)) batch.sequence = input.sequence;
  for (const item of input.items) {
    const reason = whyMalformed(item);
    if (reason) batch.refused.push(reason);
    else batch.entries.push({ topic: item.topic, data: padded(item.data) });
  }
  return batch;
}

function whyMalformed(item: unknown): string | undefined {
  if (!isRecord(item) || typeof item.topic !== 'string' || typeof item.data !== 'string') {
    return 'an item is not { topic: string, data: string }';
  }
  if (isTooLarge({ topic: item.topic, data: item.data })) {
    return `an item on "${item.topic}" is over ${MAX_ITEM_BYTES} bytes`;
  }
  try {
    decodePayloadWire(item.data);
  } catch (error) {
    return `an item on "${item.topic}" is no payload: ${(error as Error).message}`;
  }
  return undefined;
}

/** True when no answer to a reader could carry the entry. */
export function isTooLarge(entry: Entry): boolean {
  return jsonBytes({ ...entry, offset: Number.MAX_SAFE_INTEGER }) > MAX_ITEM_BYTES;
}

/** What to tell a publisher whose item is too large. */
export function explainTooLarge(topic: string): string {
  return (
    `An item on "${topic}" is over ${MAX_ITEM_BYTES} bytes encoded, so no reader could ever receive it. ` +
    'Store the value elsewhere and publish where it is.'
  );
}

/** Readers in other languages want the padding that some encoders leave out. */
function padded(data: string): string {
  return data.padEnd(Math.ceil(data.length / 4) * 4, '=');
}
