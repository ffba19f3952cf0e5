/**
 * How big things may be. Temporal has three limits that matter to a stream
 * (https://docs.temporal.io/cloud/limits): 2 MiB for one payload, beyond which it fails the signal or
 * terminates the workflow that answered, and 4 MiB for a message, an activation of a workflow included.
 */
import type { Entry } from './log.js';

/** Most bytes of items in one answer to a reader: as many as in the official hosts. */
export const MAX_PAGE_BYTES = 1_000_000;

/**
 * Most bytes of items in the answer to a read query. The server takes a payload of 2 MiB here as well
 * and fails a longer answer; measured: 2,097,086 bytes passed, 2,097,186 did not. Only a reader of a
 * closed run asks for as much: the answer to a query of an open one can leave the worker in one
 * message with the answers to polls of a workflow task.
 */
export const MAX_READ_BYTES = 2 * 1024 * 1024 - 64 * 1024;

/** Most bytes of items in one publish signal, which is a payload of its own. */
export const MAX_BATCH_BYTES = 1_000_000;

/** Most bytes of one item: what fits into a payload, less room for the answer's other fields. */
export const MAX_ITEM_BYTES = 2 * 1024 * 1024 - 64 * 1024;

/** Most bytes of a run's input, which is a payload too: what a rollover can carry. */
export const MAX_INPUT_BYTES = 2 * 1024 * 1024 - 64 * 1024;

/** Most bytes of a run's input about publishers: 6,000 of them at least, with ids as clients make them. */
export const MAX_PUBLISHERS_BYTES = 512 * 1024;

/** Most bytes of answers to polls in one workflow task: they leave the worker in one message. */
export const MAX_TASK_BYTES = 2 * 1024 * 1024;

/** What an offset takes at most, in digits. */
const LONGEST_OFFSET = String(Number.MAX_SAFE_INTEGER).length;

const encoder = new TextEncoder();

/**
 * The bytes of JSON that an entry takes as an item, offset and comma included. The limits are on
 * these bytes and not on the length of a string: a topic in Chinese takes three a character.
 * `data` is base64, in which a character is a byte.
 */
export function itemBytes({ topic, data }: Entry): number {
  const frame = `{"topic":${JSON.stringify(topic)},"data":"","offset":},`;
  return encoder.encode(frame).length + data.length + LONGEST_OFFSET;
}

/** True when no answer to a reader could carry the entry. */
export function isTooLarge(entry: Entry): boolean {
  return itemBytes(entry) > MAX_ITEM_BYTES;
}

/** What to tell a publisher whose item is too large. */
export function explainTooLarge(topic: string): string {
  return (
    `An item on "${topic}" is over ${MAX_ITEM_BYTES} bytes encoded, so no reader could ever receive it. ` +
    'Store the value elsewhere and publish where it is.'
  );
}
