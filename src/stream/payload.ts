/** Between values and payloads. */
import type { Payload, PayloadConverter } from '@temporalio/common';

/**
 * Encodes a value; a ready-made payload is left as it is.
 *
 * @throws Error when the converter cannot encode the value, a `bigint` for example
 */
export function toPayload(value: unknown, converter: PayloadConverter): Payload {
  if (isPayload(value)) return value;
  // A copy of bytes is of this realm, and that is what the default converter recognises.
  return converter.toPayload(isBytes(value) ? new Uint8Array(value) : value);
}

/**
 * True for a `Uint8Array` of any realm. Inside the workflow sandbox, bytes made by the host's
 * `TextEncoder` are not `instanceof` the sandbox's own `Uint8Array`.
 */
export function isBytes(value: unknown): value is Uint8Array {
  return Object.prototype.toString.call(value) === '[object Uint8Array]';
}

/**
 * True for a Temporal `Payload`, which is published as it is, and false for a value that has to be
 * converted. A payload always names its encoding; a user's own `{ metadata: {} }` does not.
 */
export function isPayload(value: unknown): value is Payload {
  if (typeof value !== 'object' || value === null || !('metadata' in value)) return false;
  const { metadata } = value;
  if (typeof metadata !== 'object' || metadata === null) return false;
  return 'encoding' in metadata && Object.values(metadata).every(isBytes);
}
