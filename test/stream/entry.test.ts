import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePayloadWire } from '../../src/stream/codec.js';
import { encodeEntry } from '../../src/stream/entry.js';
import { isPayload } from '../../src/stream/payload.js';
import { MAX_ITEM_BYTES } from '../../src/stream/size.js';

const encode = (value: unknown) => encodeEntry('a', value, defaultPayloadConverter);
const decode = (value: unknown) =>
  defaultPayloadConverter.fromPayload(decodePayloadWire(encode(value).data));

test('any value that JSON can express comes back as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(decode(value)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('bytes and nothing at all come back as they were', () => {
  expect(decode(Buffer.from('abc'))).toEqual(Uint8Array.from(Buffer.from('abc')));
  expect(decode(undefined)).toBeUndefined();
});

const circular: unknown[] = [];
circular.push(circular);

test.each([
  ['a bigint', 10n],
  ['a circle', circular],
  ['a function', () => 1],
  ['a symbol', Symbol('a')],
  ['an object that is nothing in JSON', { toJSON: () => undefined }],
])('%s is refused, since nothing of it could be decoded', (_, value) => {
  expect(() => encode(value)).toThrow(
    expect.objectContaining({ name: 'StreamError', type: 'Unencodable' }),
  );
});

test('what no answer to a reader could carry is refused', () => {
  expect(() => encode('x'.repeat(MAX_ITEM_BYTES))).toThrow(
    expect.objectContaining({ name: 'StreamError', type: 'ItemTooLarge' }),
  );
});

describe('a ready-made payload', () => {
  const encoding = new TextEncoder().encode('json/plain');

  test('is published as it is, with all of its metadata', () => {
    const payload: Payload = {
      metadata: { encoding, note: Uint8Array.of(1, 2) },
      data: new TextEncoder().encode('7'),
    };
    expect(decodePayloadWire(encode(payload).data)).toEqual(payload);
  });

  test('may be without data', () => {
    expect(isPayload({ metadata: { encoding } })).toBe(true);
    expect(isPayload({ metadata: { encoding }, data: null })).toBe(true);
  });

  test.each([
    ['no metadata', { data: encoding }],
    ['empty metadata', { metadata: {}, text: 'hello' }],
    ['metadata that is no bytes', { metadata: { encoding: 'json/plain' }, data: encoding }],
    ['data that is no bytes', { metadata: { encoding }, data: 'text' }],
    ['metadata that is nothing', { metadata: null }],
  ])('is not what has %s', (_, value) => {
    expect(isPayload(value)).toBe(false);
  });
});
