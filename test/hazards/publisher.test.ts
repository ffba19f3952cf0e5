/** Hazards of a publisher, against a server that is made up: nothing here needs a real one. */
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { PublishInput } from 'streambook/wire';
import { decodePayloadWire } from 'streambook/workflow';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { hazard } from './hazard.js';
import type { Implementation } from './implementation.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Options = ConstructorParameters<Implementation['client']['WorkflowStreamClient']>[1];

/**
 * A publisher and what its server got.
 *
 * @param respond - called for every try, and throws to let it fail
 * @param keeps - whether a batch arrives although its answer is an error
 */
function publisherOf(
  { client }: Implementation,
  options: Options = {},
  respond: (attempt: number) => void = () => {},
  keeps = false,
) {
  const tries: PublishInput[] = [];
  const arrived: PublishInput[] = [];
  const signal = async (_name: string, batch: PublishInput): Promise<void> => {
    tries.push(structuredClone(batch));
    if (keeps) arrived.push(structuredClone(batch));
    respond(tries.length);
    if (!keeps) arrived.push(structuredClone(batch));
  };
  const handle = { workflowId: 'w', signal } as unknown as WorkflowHandle;
  const stream = new client.WorkflowStreamClient(handle, options);
  return { stream, topic: stream.topic<unknown>('t'), tries, arrived };
}

/** What is in the log when the host takes each number once. */
function valuesIn(batches: readonly PublishInput[]): unknown[] {
  let last = 0;
  return batches.flatMap(({ sequence, items }) => {
    if (sequence <= last) return [];
    last = sequence;
    return items.map(({ data }) =>
      JSON.parse(new TextDecoder().decode(decodePayloadWire(data).data ?? undefined)),
    );
  });
}

/** An error of gRPC as the Temporal client wraps it. */
function refusal(code: number, details: string): Error {
  const cause = Object.assign(new Error(details), { code, details, metadata: {} });
  return new Error('Failed to signal Workflow', { cause });
}
const unavailable = () => refusal(14, 'connection lost');

/** Waits while the made-up clock runs. */
async function settled<T>(promise: Promise<T>, ms = 60_000): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.all([
    Promise.allSettled([promise]),
    vi.advanceTimersByTimeAsync(ms),
  ]);
  return result[0] as PromiseSettledResult<T>;
}

hazard('B6', async (on) => {
  const fails = (attempt: number): void => {
    if (attempt === 1) throw unavailable();
  };
  const { stream, topic, tries, arrived } = publisherOf(on, { batchInterval: 100 }, fails, true);
  topic.publish(1);
  await vi.advanceTimersByTimeAsync(1_000);
  topic.publish(2);
  await settled(stream[Symbol.asyncDispose]());
  expect(tries[1]).toEqual(tries[0]);
  expect(valuesIn(arrived)).toEqual([1, 2]);
});

hazard(
  'B10',
  async (on) => {
    vi.useRealTimers();
    let isDown = true;
    const respond = (): void => {
      if (isDown) throw unavailable();
    };
    const options = { batchInterval: 50, maxRetryDuration: 20 };
    const { topic, tries, arrived } = publisherOf(on, options, respond);
    topic.publish('lost');
    await vi.waitFor(() => expect(tries.length).toBeGreaterThan(0));
    await delay(500);
    isDown = false;
    topic.publish('kept');
    await delay(500);
    expect(valuesIn(arrived)).toEqual(['kept']);
  },
  "to deeply equal [ 'kept' ]",
);

hazard(
  'B32',
  async (on) => {
    const { stream, topic, arrived } = publisherOf(on);
    const publish = (value: unknown): unknown => {
      try {
        topic.publish(value);
        return 'taken';
      } catch (error) {
        return error;
      }
    };
    const outcomes = [1, 10n, 3].map(publish);
    await settled(stream.flush());
    expect(valuesIn(arrived)).toEqual([1, 3]);
    expect(outcomes[1]).toBeInstanceOf(Error);
  },
  'to deeply equal [ 1, 3 ]',
);

hazard(
  'B33',
  async (on) => {
    const { stream, topic, arrived } = publisherOf(on);
    const value = { n: 1 };
    topic.publish(value);
    value.n = 2;
    topic.publish(value);
    await settled(stream.flush());
    expect(valuesIn(arrived)).toEqual([{ n: 1 }, { n: 2 }]);
  },
  'to deeply equal',
);

hazard(
  'B34',
  async (on) => {
    const failsOnce = (attempt: number): void => {
      if (attempt === 1) throw unavailable();
    };
    for (const end of ['flush', 'asyncDispose'] as const) {
      const { stream, topic, arrived } = publisherOf(on, {}, failsOnce);
      topic.publish(1);
      const ended = end === 'flush' ? stream.flush() : stream[Symbol.asyncDispose]();
      expect(await settled(ended)).toEqual({ status: 'fulfilled', value: undefined });
      expect(valuesIn(arrived)).toEqual([1]);
    }
  },
  'rejected',
);

hazard(
  'B35',
  async (on) => {
    const { stream, topic } = publisherOf(on);
    await settled(stream[Symbol.asyncDispose]());
    expect(() => topic.publish('late')).toThrow();
  },
  'to throw',
);

hazard(
  'B36',
  async (on) => {
    const { stream, topic } = publisherOf(on, { batchInterval: '1 hour' });
    topic.publish(1);
    await settled(stream[Symbol.asyncDispose](), 0);
    expect(vi.getTimerCount()).toBe(0);
  },
  'expected 1 to be',
);

hazard(
  'B37',
  async (on) => {
    const { stream, topic, tries } = publisherOf(on, { maxBatchSize: 3 });
    for (let n = 0; n < 10; n++) topic.publish(n);
    await settled(stream.flush());
    expect(tries.map(({ items }) => items.length)).toEqual([3, 3, 3, 1]);

    const large = publisherOf(on);
    for (let n = 0; n < 5; n++) large.topic.publish('x'.repeat(600_000));
    await settled(large.stream.flush());
    // The server takes no payload over 2 MiB.
    const sizes = large.tries.map((batch) => JSON.stringify(batch).length);
    expect(Math.max(...sizes)).toBeLessThan(2 * 1024 * 1024);
  },
  'to deeply equal [ 3, 3, 3, 1 ]',
);

hazard(
  'B38',
  async (on) => {
    const gone = (): void => {
      throw new WorkflowNotFoundError('no such workflow', 'w', undefined);
    };
    const { stream, topic, tries } = publisherOf(on, { batchInterval: 100 }, gone);
    topic.publish(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tries.length).toBe(1);
    expect(await settled(stream.flush())).toMatchObject({
      status: 'rejected',
      reason: { name: 'FlushTimeoutError', cause: { name: 'WorkflowNotFoundError' } },
    });
  },
  'to be 1',
);

hazard(
  'B39',
  async (on) => {
    const { stream, topic, arrived } = publisherOf(on);
    const value = { metadata: {}, text: 'hello' };
    topic.publish(value);
    await settled(stream.flush());
    expect(valuesIn(arrived)).toEqual([value]);
  },
  'Unexpected end of JSON input',
);
