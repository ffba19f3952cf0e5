/**
 * Standard padded base64 (RFC 4648, section 4), by hand because neither `Buffer` nor `btoa` exists
 * in the workflow sandbox. Both directions work on byte arrays and let the engine convert to a
 * string once: adding up a string character by character is many times slower for a big value.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = 0x3d;
const INVALID = 0xff;

const CODES = new TextEncoder().encode(ALPHABET);
const VALUES = new Uint8Array(256).fill(INVALID);
CODES.forEach((code, value) => {
  VALUES[code] = value;
});

/** Encodes bytes to padded base64. */
export function encodeBase64(bytes: Uint8Array): string {
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
  const digits = new TextEncoder().encode(text.replace(/={1,2}$/, ''));
  const isPadded = digits.length < text.length;
  if (digits.length % 4 === 1 || (isPadded && text.length % 4 !== 0)) {
    throw new TypeError(`Malformed base64: ${text.length} characters are no whole bytes.`);
  }
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of digits) {
    const value = VALUES[digit] as number;
    if (value === INVALID) {
      throw new TypeError('Malformed base64: a character is not in the alphabet.');
    }
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = bits >> held;
    }
  }
  return bytes;
}
