/**
 * Standard padded base64 (RFC 4648, section 4) for the workflow sandbox, in which neither `Buffer` nor
 * `btoa` exists. Both directions work on byte arrays and let the engine convert to a string once, since
 * adding up a string character by character is many times slower for a big value;
 * and both look up two digits, or a digit in its place, where shifting bits about takes twice as long.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = 0x3d;

const utf8 = { encode: new TextEncoder(), decode: new TextDecoder() };

const CODES = utf8.encode.encode(ALPHABET);
/** What each digit stands for; padding for nothing. */
const VALUES = new Uint8Array(256);
CODES.forEach((code, value) => {
  VALUES[code] = value;
});

/** The two digits for every 12 bits, in the order in which this machine keeps them in memory. */
const PAIRS = new Uint16Array(2 ** 12);
const pairBytes = new Uint8Array(PAIRS.buffer);
for (let bits = 0; bits < PAIRS.length; bits++) {
  pairBytes[2 * bits] = CODES[bits >> 6] as number;
  pairBytes[2 * bits + 1] = CODES[bits & 0x3f] as number;
}

/** Set in what stands for a character that is no digit; 24 bits are below it. */
const NO_DIGIT = 2 ** 24;
/** What a digit stands for at each of the four places of a group. */
const AT_PLACE = [18, 12, 6, 0].map((shift) => {
  const values = new Uint32Array(256).fill(NO_DIGIT);
  CODES.forEach((code, value) => {
    values[code] = value << shift;
  });
  return values;
}) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];

/** Encodes bytes to padded base64. */
export function encodeByHand(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  const pairs = new Uint16Array(text.buffer);
  const left = bytes.length % 3;
  let from = 0;
  for (let to = 0; from < bytes.length - left; from += 3, to += 2) {
    const bits =
      ((bytes[from] as number) << 16) |
      ((bytes[from + 1] as number) << 8) |
      (bytes[from + 2] as number);
    pairs[to] = PAIRS[bits >> 12] as number;
    pairs[to + 1] = PAIRS[bits & 0xfff] as number;
  }
  if (left > 0) {
    const bits = ((bytes[from] as number) << 16) | ((bytes[from + 1] ?? 0) << 8);
    const code = (shift: number): number => CODES[(bits >> shift) & 0x3f] as number;
    text.set([code(18), code(12), left === 2 ? code(6) : PAD, PAD], text.length - 4);
  }
  return utf8.decode.decode(text);
}

/**
 * Decodes base64; the padding may be left out.
 * @throws TypeError when the text has another character or an impossible length
 */
export function decodeByHand(text: string): Uint8Array {
  const digits = utf8.encode.encode(text);
  let count = digits.length;
  for (let most = 2; most > 0 && digits[count - 1] === PAD; most--) count--;
  const missing = Math.ceil(digits.length / 4) * 4 - count;
  // One digit alone is no byte.
  if (missing > 2 || count % 4 === 1) throw malformed();

  const bytes = new Uint8Array(Math.floor((count * 3) / 4));
  const [first, second, third, fourth] = AT_PLACE;
  let seen = 0;
  for (let from = 0, to = 0; from < count; from += 4, to += 3) {
    const bits =
      (first[digits[from] as number] as number) |
      (second[digits[from + 1] as number] as number) |
      (from + 2 < count ? (third[digits[from + 2] as number] as number) : 0) |
      (from + 3 < count ? (fourth[digits[from + 3] as number] as number) : 0);
    seen |= bits;
    // Writing past the end of a byte array does nothing, so the last group needs no care.
    bytes[to] = bits >> 16;
    bytes[to + 1] = bits >> 8;
    bytes[to + 2] = bits;
  }
  if ((seen & NO_DIGIT) !== 0) throw malformed();
  return bytes;
}

/** What to throw for a text that is no base64. */
export function malformed(): TypeError {
  return new TypeError('Malformed base64: a wrong length, or a character of no meaning in it.');
}

const FOREIGN = /[^A-Za-z0-9+/]/;

/**
 * How many bytes a padded text stands for.
 * @throws TypeError when it is not padded base64
 */
export function base64Length(text: string): number {
  const length = lengthInBytes(text);
  if (FOREIGN.test(text.slice(0, text.length - paddingOf(text)))) throw malformed();
  return length;
}

/**
 * The same for a text whose characters are known to be digits.
 * @throws TypeError when no text of that length is padded base64
 */
export function lengthInBytes(text: string): number {
  const digits = text.length - paddingOf(text);
  if (text.length % 4 !== 0 || digits % 4 === 1) throw malformed();
  return Math.floor((digits * 3) / 4);
}

function paddingOf(text: string): number {
  if (text.endsWith('==')) return 2;
  return text.endsWith('=') ? 1 : 0;
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
