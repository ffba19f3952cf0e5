/** What a host keeps in memory, and hands on: B44. */
import { expect, test } from 'vitest';
import { publisherState } from '../../src/stream/host/publisher-state.js';
import { Publishers } from '../../src/stream/host/publishers.js';
import { MAX_PUBLISHERS_BYTES } from '../../src/stream/size.js';
import { hazard } from './hazard.js';

const TTL_SECONDS = 900;

const batch = { sequence: 1, numbersItems: false, entries: [], refused: 0 };

hazard('B44', () => {
  const publishers = new Publishers(TTL_SECONDS);
  for (let second = 0; second < 10_000; second++) {
    publishers.admit({ ...batch, publisherId: `attempt ${second}` }, second);
  }
  const known = publisherState(publishers, Number.POSITIVE_INFINITY, 10_000).publisher_sequences;
  expect(Object.keys(known).length).toBeLessThan(2_000);
  // Those that may still repeat a batch are known.
  for (let second = 10_000 - TTL_SECONDS; second < 10_000; second++) {
    expect(known).toHaveProperty(`attempt ${second}`);
  }
});

test('B44 on ours: of more publishers than a state has room for, those heard of last are handed on', () => {
  const publishers = new Publishers(Number.POSITIVE_INFINITY);
  for (let n = 0; n < 20_000; n++)
    publishers.admit({ ...batch, publisherId: `${n}${'\0'.repeat(11)}` }, n);
  const state = publisherState(publishers, Number.POSITIVE_INFINITY, 20_000);
  const size = new TextEncoder().encode(JSON.stringify(state)).length;
  expect(size).toBeLessThanOrEqual(MAX_PUBLISHERS_BYTES);
  expect(size).toBeGreaterThan(0.7 * MAX_PUBLISHERS_BYTES);
  const last = Object.keys(state.publisher_sequences)[0];
  expect(last).toMatch(/^19999/);
});
