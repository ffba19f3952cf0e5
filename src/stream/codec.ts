/**
 * How one value travels: as the protobuf bytes of a Temporal `Payload`, written in base64 so that
 * they fit into JSON. Written by hand because the protobuf runtime cannot enter the workflow
 * sandbox; the schema is a fixed public API (temporal/api/common/v1/message.proto):
 *
 *     message Payload { map<string, bytes> metadata = 1; bytes data = 2; }
 */
import type { Payload } from '@temporalio/common';
import { decodeBase64, encodeBase64 } from './base64.js';
import { base64ByteAt, base64Length } from './base64-by-hand.js';

const utf8 = { encode: new TextEncoder(), decode: new TextDecoder() };

/** Field 1 and field 2 of a message, both of wire type 2: a length, then as many bytes. */
const FIRST = 0x0a;
const SECOND = 0x12;

/** Serializes a payload to the string that entries carry. */
export function encodePayloadWire(payload: Payload): string {
  return encodeBase64(encodePayloadProto(payload));
}

/**
 * Reads the string that an entry carries.
 * @throws TypeError when it is not base64 or not a serialized payload
 */
export function decodePayloadWire(wire: string): Payload {
  return decodePayloadProto(decodeBase64(wire));
}

/** Serializes a payload to protobuf bytes. */
export function encodePayloadProto({ metadata, data }: Payload): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [key, value] of Object.entries(metadata ?? {})) {
    if (value == null) continue;
    const pair = [...field(FIRST, utf8.encode.encode(key)), ...field(SECOND, value)];
    parts.push(...field(FIRST, concat(pair)));
  }
  if (data && data.length > 0) parts.push(...field(SECOND, data));
  return concat(parts);
}

/**
 * Reads a payload from protobuf bytes; fields that it does not know are skipped.
 * @throws TypeError when the bytes are cut off or malformed
 */
export function decodePayloadProto(bytes: Uint8Array): Payload {
  const at = (index: number): number => bytes[index] as number;
  const metadata: [string, Uint8Array][] = [];
  let data: Uint8Array = new Uint8Array(0);
  for (const { tag, start, end } of fields(at, 0, bytes.length)) {
    if (tag === SECOND) data = bytes.slice(start, end);
    if (tag !== FIRST) continue;
    let key = '';
    let content: Uint8Array = new Uint8Array(0);
    for (const part of fields(at, start, end)) {
      if (part.tag === FIRST) key = utf8.decode.decode(bytes.subarray(part.start, part.end));
      if (part.tag === SECOND) content = bytes.slice(part.start, part.end);
    }
    metadata.push([key, content]);
  }
  // `fromEntries` and not assignment, for which a key `__proto__` would be no key.
  return { metadata: Object.fromEntries(metadata), data };
}

/**
 * Checks that {@link decodePayloadWire} would read a string, without decoding it: a host has to look
 * at every entry that arrives, and only the few bytes between the values tell whether it is sound.
 *
 * @throws TypeError when it is not padded base64 or not a serialized payload
 */
export function checkPayloadWire(wire: string): void {
  const length = base64Length(wire);
  const at = (index: number): number => base64ByteAt(wire, index);
  for (const { tag, start, end } of fields(at, 0, length)) {
    if (tag === FIRST) fields(at, start, end);
  }
}

function field(tag: number, value: Uint8Array): Uint8Array[] {
  return [Uint8Array.of(tag, ...varint(value.length)), value];
}

function varint(n: number): number[] {
  const bytes: number[] = [];
  for (; n >= 0x80; n = Math.floor(n / 0x80)) bytes.push((n & 0x7f) | 0x80);
  return [...bytes, n];
}

function concat(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes that fixed-width values take, by wire type. */
const FIXED_WIDTH: Record<number, number> = { 1: 8, 5: 4 };

/** Where the value of a field is. */
interface Span {
  tag: number;
  start: number;
  end: number;
}

/** The fields of a message that have a length. An array: a reader of many items would wait for a generator. */
function fields(at: (index: number) => number, from: number, to: number): Span[] {
  const spans: Span[] = [];
  let next = from;
  const readVarint = (): number => {
    let value = 0;
    // Five groups of seven bits hold any length that a message of up to 4 GiB can have.
    for (let unit = 1; unit <= 2 ** 28; unit *= 0x80) {
      if (next >= to) throw new TypeError('Malformed payload: it ends inside a number.');
      const byte = at(next++);
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
    }
    throw new TypeError('Malformed payload: a number has more than five bytes.');
  };
  while (next < to) {
    const tag = readVarint();
    const wireType = tag & 0x07;
    if (wireType === 0) {
      readVarint();
      continue;
    }
    const length = wireType === 2 ? readVarint() : FIXED_WIDTH[wireType];
    if (length === undefined) {
      throw new TypeError(`Malformed payload: protobuf has no wire type ${wireType} here.`);
    }
    const start = next;
    next += length;
    if (next > to) throw new TypeError('Malformed payload: a field is longer than the message.');
    if (wireType === 2) spans.push({ tag, start, end: next });
  }
  return spans;
}
