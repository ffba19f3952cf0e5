/**
 * Standard padded base64 (RFC 4648, section 4): by Node's `Buffer`, which is several times faster, or by
 * hand in the workflow sandbox, where there is none.
 */
import { decodeByHand, encodeByHand, lengthInBytes, malformed } from './base64-by-hand.js';

const { Buffer: native } = globalThis as { Buffer?: typeof Buffer };

/** Encodes bytes to padded base64. */
export function encodeBase64(bytes: Uint8Array): string {
  if (!native) return encodeByHand(bytes);
  const { buffer, byteOffset, byteLength } = bytes;
  return native.from(buffer, byteOffset, byteLength).toString('base64');
}

/**
 * Decodes base64; the padding may be left out.
 * @throws TypeError when the text has another character or an impossible length
 */
export function decodeBase64(text: string): Uint8Array {
  if (!native) return decodeByHand(text);
  const padded = text + '='.repeat(-text.length & 3);
  const bytes = native.from(padded, 'base64');
  // It leaves out what it does not know, and takes the alphabet for URLs as well.
  if (bytes.length !== lengthInBytes(padded) || isOfUrls(padded)) throw malformed();
  // A copy that is no `Buffer`: small ones share their memory, and their `slice` is no copy.
  return new Uint8Array(bytes);
}

/** True for a text with digits of the alphabet for URLs. */
function isOfUrls(text: string): boolean {
  return text.includes('-') || text.includes('_');
}
