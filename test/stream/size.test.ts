import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTooLarge, itemBytes, MAX_ITEM_BYTES } from '../../src/stream/size.js';

const offset = Number.MAX_SAFE_INTEGER;

test('an item counts with the bytes that are sent, also for topics outside ASCII', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.base64String(), (topic, data) => {
      const sent = new TextEncoder().encode(`${JSON.stringify({ topic, data, offset })},`).length;
      expect(itemBytes({ topic, data })).toBe(sent);
    }),
  );
});

test('an item is too large from one byte over the limit on', () => {
  const room = MAX_ITEM_BYTES - itemBytes({ topic: 'a', data: '' });
  expect(isTooLarge({ topic: 'a', data: 'x'.repeat(room) })).toBe(false);
  expect(isTooLarge({ topic: 'a', data: 'x'.repeat(room + 1) })).toBe(true);
});
