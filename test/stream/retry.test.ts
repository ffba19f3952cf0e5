import { WorkflowNotFoundError } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { isPermanent, isTooLargeToReceive, isTransient, persist } from '../../src/stream/retry.js';

/** A gRPC error as the Temporal client passes it on. */
function grpcError(code: number, details = ''): Error {
  const cause = Object.assign(new Error(details), { code, details, metadata: {} });
  return new Error('Failed to query Workflow', { cause });
}
const CODES = { cancelled: 1, invalid: 3, deadline: 4, denied: 7, exhausted: 8, precondition: 9 };
const tooLarge = grpcError(8, 'Received message larger than max (5803247 vs 4194304)');

describe('a publisher gives up at once', () => {
  test.each([
    ['a workflow that does not exist', new WorkflowNotFoundError('gone', 'w', undefined)],
    ['an argument that the server refuses', grpcError(CODES.invalid)],
    ['what it may not do', grpcError(CODES.denied)],
    ['a message that is too large', tooLarge],
  ])('%s', (_, error) => {
    expect(isPermanent(error)).toBe(true);
  });
  test.each([
    ['a server that is busy', grpcError(CODES.exhausted)],
    ['a native connection that was lost', grpcError(CODES.cancelled)],
    ['an error of a payload codec', new TypeError('fetch failed')],
  ])('and not %s', (_, error) => {
    expect(isPermanent(error)).toBe(false);
  });
});

describe('a reader waits', () => {
  test.each([
    ['for a server that is busy', grpcError(CODES.exhausted)],
    ['for an answer that is late', grpcError(CODES.deadline)],
    ['for a worker to come back', grpcError(CODES.precondition)],
    ['for a lost native connection', grpcError(CODES.cancelled)],
  ])('%s', (_, error) => {
    expect(isTransient(error)).toBe(true);
  });
  test.each([
    ['what it may not see', grpcError(CODES.denied)],
    ['an answer that is too large', tooLarge],
    ['an error that it does not know', new TypeError('fetch failed')],
  ])('and not for %s', (_, error) => {
    expect(isTransient(error)).toBe(false);
  });
});

test('an answer that is too large is told from a server that is busy', () => {
  expect(isTooLargeToReceive(tooLarge)).toBe(true);
  expect(isTooLargeToReceive(grpcError(CODES.exhausted, 'namespace rate limit'))).toBe(false);
});

test('persist numbers its tries, and ends between two of them when the signal aborts', async () => {
  const stop = new AbortController();
  const tries: number[] = [];
  const calling = persist(
    async (attempt) => {
      tries.push(attempt);
      if (attempt === 2) setImmediate(() => stop.abort());
      throw grpcError(CODES.exhausted);
    },
    isTransient,
    stop.signal,
  );
  await expect(calling).rejects.toThrow('aborted');
  expect(tries).toEqual([1, 2]);
});
