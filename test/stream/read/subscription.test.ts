import type { StandardSchemaV1 } from '@standard-schema/spec';
import { defaultPayloadConverter, type MetricTags } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { encodeEntry } from '../../../src/stream/entry.js';
import { Log } from '../../../src/stream/log.js';
import type { Gap } from '../../../src/stream/read/cursor.js';
import { type SubscriptionSettings, subscribe } from '../../../src/stream/read/subscription.js';
import { closedWorkflow } from '../../support/fake-workflow.js';

function logOf(...values: unknown[]): Log {
  const log = new Log();
  for (const value of values) log.append(encodeEntry('a', value, defaultPayloadConverter));
  return log;
}

function reading(log: Log, options: Partial<SubscriptionSettings> = {}) {
  const settings = { topics: [], from: 0, count: () => {}, converter: defaultPayloadConverter };
  return subscribe({ ...settings, handle: closedWorkflow(log), ...options });
}

/** The values that come, and the error that ends them if one does. */
async function valuesOf(items: AsyncIterable<{ data: unknown }>) {
  const values: unknown[] = [];
  try {
    for await (const { data } of items) values.push(data);
  } catch (error) {
    return { values, error };
  }
  return { values };
}

test('yields decoded values with their offsets, and knows then how the workflow ended', async () => {
  const items = reading(logOf('x', 'y'), { from: 1 });
  expect(items.status).toBeUndefined();
  expect(await items.next()).toEqual({
    done: false,
    value: { topic: 'a', data: 'y', offset: 1 },
  });
  expect(items.status).toBeUndefined();
  expect(await items.next()).toEqual({ done: true, value: undefined });
  expect(items.status).toBe('COMPLETED');
});

test('yields payloads where nothing decodes them', async () => {
  const { values } = await valuesOf(reading(logOf('x'), { converter: undefined }));
  expect(values).toEqual([defaultPayloadConverter.toPayload('x')]);
});

test.each([-1, 1.5, Number.NaN, 2 ** 53])('refuses to start at %d', (from) => {
  expect(() => reading(logOf(), { from })).toThrow(
    expect.objectContaining({ name: 'StreamError', type: 'InvalidOffset' }),
  );
});

describe('an item that cannot be read', () => {
  test('ends the subscription with where to go on', async () => {
    const log = logOf('x', 'y');
    log.append({ topic: 'a', data: 'no payload' });
    log.append(encodeEntry('a', 'z', defaultPayloadConverter));
    const { values, error } = await valuesOf(reading(log));
    expect(values).toEqual(['x', 'y']);
    expect(error).toMatchObject({ type: 'Undecodable', cause: expect.any(TypeError) });
    expect(error).toHaveProperty('message', expect.stringContaining('Subscribe from 3 to go on'));
    expect(await valuesOf(reading(log, { from: 3 }))).toEqual({ values: ['z'] });
  });

  test('is also one that the topic’s schema refuses', async () => {
    const validate = (value: unknown) =>
      typeof value === 'number' ? { value } : { issues: [{ message: 'no number' }] };
    const schema: StandardSchemaV1 = { '~standard': { version: 1, vendor: 'test', validate } };
    const { values, error } = await valuesOf(reading(logOf(1, 'two'), { schema }));
    expect(values).toEqual([1]);
    expect(error).toMatchObject({
      type: 'InvalidValue',
      message: expect.stringContaining('offset 1 on "a" is not valid: no number'),
    });
  });
});

describe('items that were truncated', () => {
  const forgetful = () => {
    const log = logOf(0, 1, 2, 3);
    log.truncate(3);
    return log;
  };

  test('are told of before any later item, and skipped', async () => {
    const told: unknown[] = [];
    const onGap = (gap: Gap) => told.push(gap);
    for await (const { offset } of reading(forgetful(), { from: 1, onGap })) told.push(offset);
    expect(told).toEqual([{ from: 1, to: 3 }, 3]);
  });

  test('are an error where that is asked for, which tells where to go on', async () => {
    const told: Gap[] = [];
    const { values, error } = await valuesOf(
      reading(forgetful(), { from: 1, gap: 'error', onGap: (gap) => told.push(gap) }),
    );
    expect(values).toEqual([]);
    expect(told).toEqual([{ from: 1, to: 3 }]);
    expect(error).toMatchObject({
      type: 'Gap',
      message: expect.stringMatching('Offsets 1 to 2 .* Subscribe from 3'),
    });
  });

  test('are nothing to a reader that starts wherever the log begins', async () => {
    expect(await valuesOf(reading(forgetful(), { gap: 'error' }))).toEqual({ values: [3] });
  });
});

test('counts what it yields, and the gaps', async () => {
  const log = logOf(0, 1, 2, 3);
  log.truncate(2);
  const counted: [string, number, MetricTags?][] = [];
  await valuesOf(reading(log, { from: 1, count: (...args) => counted.push(args) }));
  expect(counted).toEqual([
    ['gaps', 1],
    ['delivered', 1],
    ['delivered', 1],
  ]);
});

test('a signal that aborts between two items ends it, and its end is not that of the workflow', async () => {
  const stop = new AbortController();
  const items = reading(logOf('x', 'y'), { signal: stop.signal });
  await items.next();
  stop.abort();
  expect((await items.next()).done).toBe(true);
  expect(items.status).toBeUndefined();
});
