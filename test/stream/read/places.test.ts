import type { WorkflowClient } from '@temporalio/client';
import { expect, test } from 'vitest';
import { placeOf } from '../../../src/stream/read/places.ts';

const client = () => ({}) as WorkflowClient;

test('readers of a client share four places in a workflow, and one that leaves makes room', () => {
  const own = client();
  const places = Array.from({ length: 6 }, () => placeOf(own, 'w'));
  expect(places.map((place) => place.take())).toEqual([true, true, true, true, false, false]);
  places[1]?.leave();
  places[1]?.leave();
  expect([4, 1, 5].map((index) => places[index]?.take())).toEqual([true, false, false]);
  for (const place of places) place.leave();
  expect(placeOf(own, 'w').take()).toBe(true);
});

test('another workflow, and another client, have places of their own', () => {
  const own = client();
  for (let n = 0; n < 4; n++) placeOf(own, 'w').take();
  expect(placeOf(own, 'w').take()).toBe(false);
  expect(placeOf(own, 'other').take()).toBe(true);
  expect(placeOf(client(), 'w').take()).toBe(true);
});
