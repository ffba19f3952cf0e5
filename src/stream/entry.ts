/** From a value to what the log keeps of it; the same in a workflow and outside. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { PayloadConverter } from '@temporalio/common';
import { encodePayloadWire } from './codec.js';
import { StreamError } from './errors.js';
import type { Entry } from './log.js';
import { isPayload, toPayload } from './payload.js';
import { check } from './schema.js';
import { explainTooLarge, isTooLarge } from './size.js';

// #region encode-entry
/**
 * Makes an entry of a value. It is done at once and not when the entry is sent: what cannot be encoded
 * is told to who published it, and a value that is changed afterwards is published as it was.
 *
 * @throws StreamError `InvalidValue`, `Unencodable`, `ItemTooLarge`
 */
export function encodeEntry<T>(
  topic: string,
  value: unknown,
  converter: PayloadConverter,
  schema?: StandardSchemaV1<T, T>,
): Entry {
  const checked = schema && !isPayload(value) ? checkedBy(schema, topic, value) : value;
  const entry = { topic, data: encode(topic, checked, converter) };
  if (isTooLarge(entry)) throw new StreamError('ItemTooLarge', explainTooLarge(topic));
  return entry;
}

function encode(topic: string, value: unknown, converter: PayloadConverter): string {
  try {
    return encodePayloadWire(toPayload(value, converter));
  } catch (cause) {
    const reason = (cause as Error).message;
    const message = `A value for "${topic}" cannot be encoded: ${reason}`;
    throw new StreamError('Unencodable', message, { cause });
  }
}

function checkedBy<T>(schema: StandardSchemaV1<T, T>, topic: string, value: unknown): T {
  const result = check(schema, value);
  if ('value' in result) return result.value;
  const message = `A value for "${topic}" is not valid: ${result.problem}`;
  throw new StreamError('InvalidValue', message);
}
// #endregion encode-entry
