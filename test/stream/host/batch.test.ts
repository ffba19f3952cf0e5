import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePayloadWire, encodePayloadWire } from '../../../src/stream/codec.js';
import { readBatch } from '../../../src/stream/host/batch.js';
import { MAX_ITEM_BYTES } from '../../../src/stream/size.js';

const data = encodePayloadWire({ metadata: {}, data: Uint8Array.of(1) });
const good = { topic: 'a', data };

test('a well-formed batch comes through whole', () => {
  expect(readBatch({ items: [good], publisher_id: 'p', sequence: 3 })).toEqual({
    publisherId: 'p',
    sequence: 3,
    numbersItems: false,
    entries: [good],
    refused: 0,
  });
});

test('a publisher may leave out who it is, and is not recognised then', () => {
  expect(readBatch({ items: [good] })).toMatchObject({ publisherId: '', sequence: 0 });
});

test('an item whose base64 has no padding gets it, for readers that insist on it', () => {
  const bare = { topic: 'a', data: 'EgIB Ag'.replace(' ', '') };
  expect(readBatch({ items: [bare] }).entries).toEqual([{ topic: 'a', data: 'EgIBAg==' }]);
});

describe('nothing that arrives makes the host throw', () => {
  test.each([undefined, null, 7, 'text', [], {}, { items: 'none' }, { items: { 0: good } }])(
    'a signal with %j is refused whole',
    (input) => {
      const batch = readBatch(input);
      expect(batch.entries).toEqual([]);
      expect(batch.refused).toBe(1);
      expect(batch.reason).toBeTruthy();
    },
  );

  test.each([
    [null],
    [7],
    [{ topic: 'a' }],
    [{ topic: 1, data }],
    [{ topic: 'a', data: 7 }],
    [{ topic: 'a', data: '####' }],
    [{ topic: 'a', data: 'EgMBAgM==' }],
    [{ topic: 'a', data: 'AAAA=' }],
    [{ topic: 'a', data: encodePayloadWire({ data: new Uint8Array(9) }).slice(0, 8) }],
    [{ topic: 'a', data: 'A'.repeat(MAX_ITEM_BYTES) }],
  ])('the item %.60j is left out and the good ones are kept', (bad) => {
    const batch = readBatch({ items: [good, bad, good], publisher_id: 'p', sequence: 1 });
    expect(batch.entries).toEqual([good, good]);
    expect(batch.refused).toBe(1);
  });

  test.each([-1, 1.5, '1', Number.NaN, {}])('with the sequence %j it is refused', (sequence) => {
    const batch = readBatch({ items: [good], publisher_id: 'p', sequence });
    expect(batch.entries).toEqual([]);
    expect(batch.refused).toBe(1);
  });
});

test('whatever is let in, a reader can decode', () => {
  const almost = fc.tuple(fc.base64String(), fc.constantFrom('', '=', '==', '===', '\n', ' '));
  fc.assert(
    fc.property(almost, ([text, tail]) => {
      const { entries } = readBatch({ items: [{ topic: 'a', data: text + tail }] });
      for (const entry of entries) decodePayloadWire(entry.data);
    }),
  );
});

test('a signal full of nonsense is told about once, with a topic of bounded length', () => {
  const items = Array.from({ length: 10_000 }, () => ({ topic: 'x'.repeat(1_000), data: '#' }));
  const { refused, reason } = readBatch({ items });
  expect(refused).toBe(10_000);
  expect(reason?.length).toBeLessThan(300);
});
