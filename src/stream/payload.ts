/** Between values and payloads. */
import type { Payload, PayloadConverter } from '@temporalio/common';

/**
 * Encodes a value; a ready-made payload is left as it is.
 *
 * @throws Error when the converter cannot encode the value, a `bigint` or a function for example
 */
export function toPayload(value: unknown, converter: PayloadConverter): Payload {
  if (isPayload(value)) return value;
  // A copy of bytes is of this realm, and that is what the default converter recognises.
  const payload = converter.toPayload(isBytes(value) ? new Uint8Array(value) : value);
  if (isEmptyJson(payload)) throw new TypeError(`JSON has no word for a ${typeof value} like it.`);
  return payload;
}

/** What the default converter makes of a function or a symbol, and no reader can decode. */
function isEmptyJson({ metadata, data }: Payload): boolean {
  const encoding = new TextDecoder().decode(metadata?.encoding ?? undefined);
  return encoding === 'json/plain' && !data?.length;
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
  const { metadata, data } = value as { metadata: unknown; data?: unknown };
  if (typeof metadata !== 'object' || metadata === null) return false;
  if (data != null && !isBytes(data)) return false;
  return 'encoding' in metadata && Object.values(metadata).every(isBytes);
}
