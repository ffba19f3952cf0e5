import type { Info } from '@temporalio/activity';
import { expect, test } from 'vitest';
import { activityCheckpoint, randomId } from '../../../src/stream/publish/identity.js';

/** What an attempt of an activity knows of itself. */
function attempt(heartbeatDetails?: unknown, { activityId = '1', runId = 'r' } = {}): Info {
  const workflowExecution = { workflowId: 'w', runId };
  return { workflowExecution, activityId, heartbeatDetails } as unknown as Info;
}
const told = { publisherId: 'p', sequence: 7 };

test.each([
  ['the details of the last heartbeat', told],
  ['their field `checkpoint`', { page: 3, checkpoint: told }],
])('an attempt goes on at the checkpoint in %s', (_, details) => {
  expect(activityCheckpoint(attempt(details))).toEqual(told);
});

test.each([
  undefined,
  null,
  7,
  'p',
  [told],
  { publisherId: 'p' },
  { publisherId: 7, sequence: 7 },
  { publisherId: 'p', sequence: -1 },
  { publisherId: 'p', sequence: 1.5 },
  { checkpoint: { publisherId: 'p', sequence: '7' } },
  { checkpoint: null },
])('details like %j are no checkpoint, so the attempt begins with the first item', (details) => {
  const { publisherId, sequence } = activityCheckpoint(attempt(details));
  expect(publisherId).toMatch(/^[0-9a-f]{16}$/);
  expect(sequence).toBe(0);
});

test('all attempts of an activity are one publisher, and those of another are not', () => {
  const { publisherId } = activityCheckpoint(attempt());
  expect(activityCheckpoint(attempt('other details')).publisherId).toBe(publisherId);
  for (const other of [{ activityId: '2' }, { runId: 'next' }]) {
    expect(activityCheckpoint(attempt(undefined, other)).publisherId).not.toBe(publisherId);
  }
});

test('a newcomer has an id like those of official clients, and nobody else has it', () => {
  const ids = Array.from({ length: 100 }, randomId);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/);
  expect(new Set(ids).size).toBe(100);
});
