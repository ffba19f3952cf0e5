import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Publisher, type PublisherSettings } from '../../../src/stream/publish/publisher.js';
import type { PublishInput } from '../../../src/stream/wire.js';
import { useFakeTime, useRealTime } from '../fake-time.js';

const settings: PublisherSettings = {
  publisherId: 'p',
  sequence: 0,
  numbersItems: false,
  highWaterMark: 1_000_000,
  maxBuffered: Number.POSITIVE_INFINITY,
  count: () => {},
  batchInterval: 2_000,
  maxBatchSize: Number.POSITIVE_INFINITY,
  maxRetryDuration: 60_000,
};

/** A gRPC error as the Temporal client passes it on. */
function grpcError(code: number): Error {
  const cause = Object.assign(new Error(`code ${code}`), { code, details: '', metadata: {} });
  return new Error('Failed to signal Workflow', { cause });
}
const unavailable = grpcError(14);
const invalid = grpcError(3);

/** A publisher whose sends are recorded, and fail as often as there are failures. */
function recorded(options: Partial<PublisherSettings> = {}, failures: Error[] = []) {
  const tries: PublishInput[] = [];
  const publisher = new Publisher(
    async (batch) => {
      tries.push(batch);
      const failure = failures.shift();
      if (failure) throw failure;
    },
    { ...settings, ...options },
  );
  return { tries, publisher };
}
const entry = (data: string) => ({ topic: 'a', data });
const texts = (tries: PublishInput[]) =>
  tries.map((batch) => batch.items.map((item) => item.data).join(''));

beforeEach(useFakeTime);
afterEach(useRealTime);

describe('batching', () => {
  test('items wait for company, at most for the batch interval', async () => {
    const { tries, publisher } = recorded();
    publisher.publish(entry('1'), false);
    await vi.advanceTimersByTimeAsync(1_000);
    publisher.publish(entry('2'), false);
    await vi.advanceTimersByTimeAsync(999);
    expect(tries).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(texts(tries)).toEqual(['12']);
  });

  test('a forced item is sent at once, together with those that wait', async () => {
    const { tries, publisher } = recorded();
    publisher.publish(entry('1'), false);
    publisher.publish(entry('2'), true);
    await vi.advanceTimersByTimeAsync(0);
    expect(texts(tries)).toEqual(['12']);
  });

  test('no batch has more items than the limit', async () => {
    const { tries, publisher } = recorded({ maxBatchSize: 3 });
    for (const data of '12345678') publisher.publish(entry(data), false);
    await publisher.flush();
    expect(texts(tries)).toEqual(['123', '456', '78']);
  });

  test('no batch has more bytes than one answer to a reader', async () => {
    const { tries, publisher } = recorded();
    for (let i = 0; i < 3; i++) publisher.publish(entry('x'.repeat(400_000)), false);
    await publisher.flush();
    expect(tries.map((batch) => batch.items.length)).toEqual([2, 1]);
  });

  test('items that are forced in one go make one batch', async () => {
    const { tries, publisher } = recorded();
    for (const data of '123') publisher.publish(entry(data), true);
    await publisher.flush();
    expect(texts(tries)).toEqual(['123']);
  });

  test('a flush leaves no timer behind, so that a program can end', async () => {
    const { publisher } = recorded();
    publisher.publish(entry('1'), false);
    await publisher.flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('batches are numbered 1, 2, 3 under one publisher id', async () => {
    const { tries, publisher } = recorded();
    for (const data of '123') {
      publisher.publish(entry(data), false);
      await publisher.flush();
    }
    expect(tries.map(({ publisher_id, sequence }) => [publisher_id, sequence])).toEqual([
      ['p', 1],
      ['p', 2],
      ['p', 3],
    ]);
  });
});

describe('failures', () => {
  test('what may pass is tried again with the same number, in order, until it succeeds', async () => {
    const { tries, publisher } = recorded({}, [unavailable, unavailable]);
    publisher.publish(entry('1'), true);
    publisher.publish(entry('2'), false);
    const flushed = publisher.flush();
    await vi.advanceTimersByTimeAsync(10_000);
    await flushed;
    expect(texts(tries)).toEqual(['12', '12', '12']);
    expect(new Set(tries.map((batch) => batch.sequence))).toEqual(new Set([1]));
  });

  test('what will not pass is thrown by flush at once, and the next batch has its own number', async () => {
    const { tries, publisher } = recorded({}, [invalid]);
    publisher.publish(entry('1'), false);
    await expect(publisher.flush()).rejects.toMatchObject({
      name: 'FlushTimeoutError',
      cause: invalid,
    });
    publisher.publish(entry('2'), false);
    await publisher.flush();
    expect(texts(tries)).toEqual(['1', '2']);
    expect(tries.map((batch) => batch.sequence)).toEqual([1, 2]);
  });

  test('a failure in the background is thrown by the next flush, not lost', async () => {
    const { publisher } = recorded({}, [invalid]);
    publisher.publish(entry('1'), true);
    await vi.advanceTimersByTimeAsync(0);
    await expect(publisher.flush()).rejects.toMatchObject({
      name: 'FlushTimeoutError',
      cause: invalid,
    });
    await publisher.flush();
  });

  test('a batch without an answer for too long is given up with the reason', async () => {
    const { publisher } = recorded({ maxRetryDuration: 1_000 }, Array(99).fill(unavailable));
    publisher.publish(entry('1'), false);
    const flushed = expect(publisher.flush()).rejects.toMatchObject({
      name: 'FlushTimeoutError',
      cause: unavailable,
    });
    await vi.advanceTimersByTimeAsync(10_000);
    await flushed;
  });

  test('closing takes no longer than one batch may, however many batches wait', async () => {
    const { publisher } = recorded(
      { maxRetryDuration: 1_000, maxBatchSize: 1 },
      Array(999).fill(unavailable),
    );
    for (const data of '12345678') publisher.publish(entry(data), false);
    const closed = expect(publisher.close()).rejects.toMatchObject({ type: 'FlushTimeout' });
    // One second for the first batch, the wait that it was in by then, of up to 1.6 s, and none after
    // it: with a second for each of eight, this would not end.
    await vi.advanceTimersByTimeAsync(3_000);
    await closed;
  });

  test('an error that it does not know is tried again like a lost connection', async () => {
    const { tries, publisher } = recorded({}, [new TypeError('fetch failed'), grpcError(1)]);
    publisher.publish(entry('1'), false);
    const flushed = publisher.flush();
    await vi.advanceTimersByTimeAsync(10_000);
    await flushed;
    expect(texts(tries)).toEqual(['1', '1', '1']);
  });

  test('every flush that waited for a lost batch is told, and a later one is not', async () => {
    const { publisher } = recorded({}, [invalid]);
    publisher.publish(entry('1'), false);
    const both = await Promise.allSettled([publisher.flush(), publisher.close()]);
    expect(both).toMatchObject([
      { status: 'rejected', reason: { cause: invalid } },
      { status: 'rejected', reason: { cause: invalid } },
    ]);
    await publisher.flush();
  });
});

describe('closing', () => {
  test('sends what is left and leaves no timer behind', async () => {
    const { tries, publisher } = recorded();
    publisher.publish(entry('1'), false);
    await publisher.close();
    expect(texts(tries)).toEqual(['1']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('makes a later publish throw', async () => {
    const { publisher } = recorded();
    await publisher.close();
    expect(() => publisher.publish(entry('1'), false)).toThrow(
      expect.objectContaining({ type: 'PublisherClosed' }),
    );
  });

  test('waits for a batch that is under way', async () => {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const publisher = new Publisher(() => arrived, settings);
    publisher.publish(entry('1'), true);
    let closed = false;
    const closing = publisher.close().then(() => {
      closed = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(closed).toBe(false);
    arrive();
    await closing;
  });
});
