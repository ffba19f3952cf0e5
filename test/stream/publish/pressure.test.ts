import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Entry } from '../../../src/stream/log.js';
import { Publisher, type PublisherSettings } from '../../../src/stream/publish/publisher.js';
import { itemBytes } from '../../../src/stream/size.js';
import { useFakeTime, useRealTime } from '../fake-time.js';

const entry: Entry = { topic: 'a', data: 'AA==' };
const bytes = itemBytes(entry);

/** A publisher of which each call is answered when the test says so. */
function slow(options: Partial<PublisherSettings>) {
  const answers: ((error?: Error) => void)[] = [];
  const publisher = new Publisher(
    () =>
      new Promise<void>((resolve, reject) => {
        answers.push((error) => (error ? reject(error) : resolve()));
      }),
    {
      publisherId: 'p',
      sequence: 0,
      numbersItems: false,
      batchInterval: 2_000,
      maxBatchSize: 1,
      maxRetryDuration: 0,
      highWaterMark: 2 * bytes,
      maxBuffered: Number.POSITIVE_INFINITY,
      count: () => {},
      ...options,
    },
  );
  return { publisher, answer: (error?: Error) => answers.shift()?.(error) };
}

/** Whether a promise is settled now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const note = () => {
    settled = true;
  };
  promise.then(note, note);
  await vi.advanceTimersByTimeAsync(0);
  return settled;
}

beforeEach(useFakeTime);
afterEach(useRealTime);

describe('ready', () => {
  test('resolves at once up to the high-water mark, and waits above it until enough has arrived', async () => {
    const { publisher, answer } = slow({});
    for (let i = 0; i < 2; i++) publisher.publish(entry, false);
    expect(await isSettled(publisher.ready())).toBe(true);
    for (let i = 0; i < 2; i++) publisher.publish(entry, false);
    const ready = publisher.ready();
    expect(await isSettled(ready)).toBe(false);
    answer();
    expect(await isSettled(ready)).toBe(false);
    answer();
    expect(await isSettled(ready)).toBe(true);
  });

  test('sends what would have waited for company', async () => {
    const { publisher, answer } = slow({ maxBatchSize: 9 });
    for (let i = 0; i < 3; i++) publisher.publish(entry, false);
    const ready = publisher.ready();
    await vi.advanceTimersByTimeAsync(0);
    answer();
    expect(await isSettled(ready)).toBe(true);
  });

  test('resolves although a batch was given up, which the next flush tells', async () => {
    const { publisher, answer } = slow({ highWaterMark: 0 });
    publisher.publish(entry, false);
    const ready = publisher.ready();
    await vi.advanceTimersByTimeAsync(0);
    answer(new Error('no answer'));
    await ready;
    await expect(publisher.flush()).rejects.toMatchObject({ type: 'FlushTimeout' });
  });
});

test('what is over the limit of the buffer is refused, until something has arrived', async () => {
  const { publisher, answer } = slow({ maxBuffered: 2 * bytes });
  for (let i = 0; i < 2; i++) publisher.publish(entry, false);
  const full = expect.objectContaining({ type: 'BufferFull' });
  expect(() => publisher.publish(entry, false)).toThrow(full);
  await vi.advanceTimersByTimeAsync(0);
  answer();
  await vi.advanceTimersByTimeAsync(0);
  publisher.publish(entry, false);
  expect(() => publisher.publish(entry, true)).toThrow(full);
});
