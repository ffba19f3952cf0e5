/** What a host takes from a publish signal: anybody who may signal the workflow can send anything. */
import { checkPayloadWire } from '../codec.js';
import type { Entry } from '../log.js';
import { explainTooLarge, isTooLarge } from '../size.js';
import { isEntry, isOffset, isRecord } from '../wire.js';

// #region batch
/** A publish signal, checked. */
export interface Batch {
  /** Empty when the publisher does not want repeated batches recognised. */
  publisherId: string;
  /** 0 when missing. */
  sequence: number;
  /** Whether the sequence counts items instead of batches. */
  numbersItems: boolean;
  entries: Entry[];
  /** How many entries were left out. */
  refused: number;
  /** Why the first of them was. */
  reason?: string;
}

// #endregion batch

// #region read-batch
/**
 * Longest name of a publisher, in characters; clients make names of 16. A host keeps the names and hands
 * them to the next run, so one of a megabyte would be more than that run's input can carry.
 */
const LONGEST_PUBLISHER_ID = 200;

/**
 * Reads the argument of a publish signal. Never throws: an exception in a signal handler fails the
 * workflow task, Temporal repeats the task, and the workflow is stuck for ever on one bad message.
 *
 * @param input - the argument as it arrived, of any type
 */
export function readBatch(input: unknown): Batch {
  const batch: Batch = {
    publisherId: '',
    sequence: 0,
    numbersItems: false,
    entries: [],
    refused: 0,
  };
  if (!isRecord(input) || !Array.isArray(input.items)) {
    return { ...batch, refused: 1, reason: 'the signal has no list of items' };
  }
  const { items } = input;
  const publisherId = input.publisher_id ?? '';
  const sequence = input.sequence ?? 0;
  if (!isPublisherId(publisherId) || !isOffset(sequence)) {
    return { ...batch, refused: items.length, reason: 'publisher_id or sequence is malformed' };
  }
  Object.assign(batch, { publisherId, sequence, numbersItems: input.numbers_items === true });
  for (const item of items) {
    try {
      batch.entries.push(readEntry(item));
    } catch (error) {
      batch.refused++;
      batch.reason ??= (error as Error).message;
    }
  }
  return batch;
}

function isPublisherId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_PUBLISHER_ID;
}

// #endregion read-batch

// #region read-entry
/** Longest topic that a warning quotes whole, in characters. */
const QUOTED_TOPIC = 100;

/** @throws TypeError saying what is wrong with the item */
function readEntry(item: unknown): Entry {
  if (!isEntry(item)) {
    throw new TypeError('an item is not { topic: string, data: string }');
  }
  const { topic } = item;
  const quoted = topic.slice(0, QUOTED_TOPIC);
  // Readers in other languages insist on the padding, which some encoders leave out.
  const data = item.data + '='.repeat(-item.data.length & 3);
  if (isTooLarge({ topic, data })) throw new TypeError(explainTooLarge(quoted));
  try {
    checkPayloadWire(data);
  } catch (error) {
    throw new TypeError(`an item on "${quoted}" is no payload: ${(error as Error).message}`);
  }
  return { topic, data };
}
// #endregion read-entry
