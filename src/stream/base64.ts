/**
 * Standard padded base64 (RFC 4648, section 4): by Node's `Buffer` in clients, and by hand in the
 * workflow sandbox, where neither it nor `btoa` exists. By hand, both directions work on byte arrays
 * and let the engine convert to a string once: adding up a string character by character is many
 * times slower for a big value.
 */
const { Buffer: native } = globalThis as { Buffer?: typeof Buffer };

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = 0x3d;

const CODES = new TextEncoder().encode(ALPHABET);
/** What each digit stands for; padding for nothing. */
const VALUES = new Uint8Array(256);
CODES.forEach((code, value) => {
  VALUES[code] = value;
});

/** Encodes bytes to padded base64. */
export function encodeBase64(bytes: Uint8Array): string {
  const { buffer, byteOffset, byteLength } = bytes;
  return native
    ? native.from(buffer, byteOffset, byteLength).toString('base64')
    : encodeByHand(bytes);
}

/** Encodes without `Buffer`. */
export function encodeByHand(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PAD);
  const code = (bits: number): number => CODES[bits & 0x3f] as number;
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const left = bytes.length - from;
    const bits =
      ((bytes[from] as number) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    text[to] = code(bits >> 18);
    text[to + 1] = code(bits >> 12);
    if (left > 1) text[to + 2] = code(bits >> 6);
    if (left > 2) text[to + 3] = code(bits);
  }
  return new TextDecoder().decode(text);
}

/**
 * Decodes base64; the padding may be left out.
 * @throws TypeError when the text has another character or an impossible length
 */
export function decodeBase64(text: string): Uint8Array {
  const padded = text + '='.repeat(-text.length & 3);
  if (!native) return decodeByHand(padded, base64Length(padded));
  const bytes = native.from(padded, 'base64');
  // It leaves out what it does not know, and takes the two digits of another alphabet.
  if (bytes.length !== decodedLength(padded) || /[-_]/.test(padded)) throw malformed();
  // A copy that is no `Buffer`: small ones share their memory, and their `slice` is no copy.
  return new Uint8Array(bytes);
}

/**
 * Decodes without `Buffer`.
 *
 * @param length - of the bytes, from {@link base64Length}
 */
export function decodeByHand(padded: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  // Writing past the end of a byte array does nothing, so padding needs no care.
  for (let from = 0, to = 0; to < bytes.length; from += 4, to += 3) {
    const bits = bitsAt(padded, from);
    bytes[to] = bits >> 16;
    bytes[to + 1] = bits >> 8;
    bytes[to + 2] = bits;
  }
  return bytes;
}

const FOREIGN = /[^A-Za-z0-9+/]/;

/**
 * How many bytes a padded text stands for.
 * @throws TypeError when it is not padded base64
 */
export function base64Length(text: string): number {
  const length = decodedLength(text);
  if (FOREIGN.test(text.slice(0, text.length - paddingOf(text)))) throw malformed();
  return length;
}

function decodedLength(text: string): number {
  const digits = text.length - paddingOf(text);
  if (text.length % 4 !== 0 || digits % 4 === 1) throw malformed();
  return Math.floor((digits * 3) / 4);
}

function paddingOf(text: string): number {
  if (text.endsWith('==')) return 2;
  return text.endsWith('=') ? 1 : 0;
}

function malformed(): TypeError {
  return new TypeError('Malformed base64: a wrong length, or a character of no meaning in it.');
}

/** One byte of a padded text, which is not decoded for it. */
export function base64ByteAt(text: string, index: number): number {
  const bits = bitsAt(text, Math.floor(index / 3) * 4);
  return (bits >> (16 - 8 * (index % 3))) & 0xff;
}

/** The 24 bits of the four digits from a place on. */
function bitsAt(text: string, place: number): number {
  const value = (offset: number): number => VALUES[text.charCodeAt(place + offset)] as number;
  return (value(0) << 18) | (value(1) << 12) | (value(2) << 6) | value(3);
}
