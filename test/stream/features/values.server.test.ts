/** Schemas, converters, publishers that resume, and counters. */
import { createServer } from 'node:net';
import { DefaultLogger } from '@temporalio/worker';
import { WorkflowStreamClient } from 'streambook/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { upTo } from '../../support/offsets.js';
import { startTestWorker, type TestWorker } from '../../support/worker.js';
import * as activities from './activities.js';
import { reversing } from './converter.js';
import { positive } from './schema.js';
import {
  type converted,
  type counted,
  endSignal,
  positiveUpdate,
  type printed,
  type rolling,
} from './workflows.js';

let worker: TestWorker;
let metricsUrl: string;
beforeAll(async () => {
  const address = `127.0.0.1:${await freePort()}`;
  metricsUrl = `http://${address}/metrics`;
  const workflows = new URL('./workflows.ts', import.meta.url);
  const metrics = { prometheus: { bindAddress: address } };
  const logger = new DefaultLogger('ERROR');
  worker = await startTestWorker(
    workflows,
    { activities },
    { logger, telemetryOptions: { metrics } },
  );
});
afterAll(() => worker?.stop());

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function values<T>(items: AsyncIterable<{ data: T }>): Promise<T[]> {
  const seen: T[] = [];
  for await (const { data } of items) seen.push(data);
  return seen;
}

describe('a topic with a schema', () => {
  test('refuses a wrong value where it is published, in the workflow and outside', async () => {
    const { client, taskQueue, newId } = worker;
    const workflowId = newId('schema');
    const handle = await client.workflow.start<typeof rolling>('rolling', {
      workflowId,
      taskQueue,
      args: [{}],
    });
    const stream = WorkflowStreamClient.create(client, workflowId);
    const topic = stream.topic('positive', { schema: positive });
    expect(() => topic.publish(-1)).toThrow(
      'A value for "positive" is not valid: must be a number above 0',
    );
    await expect(handle.executeUpdate(positiveUpdate, { args: ['one'] })).rejects.toMatchObject({
      cause: { type: 'InvalidValue' },
    });
    topic.publish(1);
    await stream.flush();
    await handle.executeUpdate(positiveUpdate, { args: [2] });

    // Somebody without the schema publishes what it does not allow.
    const careless = WorkflowStreamClient.create(client, workflowId);
    careless.topic('positive').publish('three');
    await careless.flush();
    await handle.signal(endSignal);
    const reading = topic.subscribe();
    expect((await reading.next()).value?.data).toBe(1);
    expect((await reading.next()).value?.data).toBe(2);
    await expect(reading.next()).rejects.toMatchObject({ type: 'InvalidValue' });
    expect(await values(topic.subscribe(3))).toEqual([]);
  });

  test('has one schema', () => {
    const stream = WorkflowStreamClient.create(worker.client, 'any');
    const topic = stream.topic('positive', { schema: positive });
    expect(stream.topic('positive')).toBe(topic);
    const other = { '~standard': { ...positive['~standard'] } };
    expect(() => stream.topic('positive', { schema: other })).toThrow('another schema');
  });
});

test('a converter of one’s own encodes and decodes on both sides', async () => {
  const { client, taskQueue, newId } = worker;
  const workflowId = newId('converted');
  const handle = await client.workflow.start<typeof converted>('converted', {
    workflowId,
    taskQueue,
  });
  expect(await handle.result()).toBe('stream');
  const mine = WorkflowStreamClient.create(client, workflowId, { payloadConverter: reversing });
  expect(await values(mine.topic<string>('text').subscribe())).toEqual(['stream']);
  const other = WorkflowStreamClient.create(client, workflowId);
  const [raw] = await values(other.subscribe());
  expect(new TextDecoder().decode(raw?.data ?? undefined)).toBe('maerts');
});

describe('an activity that is tried three times', () => {
  const countOff = async (resume: boolean, count: number): Promise<number[]> => {
    const { client, taskQueue, newId } = worker;
    const workflowId = newId('counted');
    const handle = await client.workflow.start<typeof counted>('counted', {
      workflowId,
      taskQueue,
      args: [resume, count],
    });
    await handle.result();
    return values(WorkflowStreamClient.create(client, workflowId).topic<number>('n').subscribe());
  };

  test('publishes every item once when it resumes, however its batches are cut', async () => {
    expect(await countOff(true, 20)).toEqual(upTo(20));
  });

  test('publishes again what failed attempts had published when it does not', async () => {
    expect(await countOff(false, 20)).toEqual([...upTo(7), ...upTo(14), ...upTo(20)]);
  });
});

test('an activity that heartbeats its checkpoint goes on behind the last item that arrived', async () => {
  const { client, taskQueue, newId } = worker;
  const workflowId = newId('printed');
  const handle = await client.workflow.start<typeof printed>('printed', {
    workflowId,
    taskQueue,
    args: [['A', 'B', 'C', 'D']],
  });
  await handle.result();
  const stream = WorkflowStreamClient.create(client, workflowId);
  const pages = await values(stream.topic<string>('page').subscribe());
  expect(pages.map((page) => page.slice(0, 6))).toEqual(['page A', 'page B', 'page C', 'page D']);
  expect(pages.slice(0, 2)).toEqual(['A', 'B'].map((page) => `page ${page}, printed by attempt 1`));
});

test('the worker’s metrics count what was published and what was dropped', async () => {
  const metrics = await (await fetch(metricsUrl)).text();
  const total = (name: string) =>
    [...metrics.matchAll(new RegExp(`^\\w*${name}\\w*\\{.*\\} (\\d+)$`, 'gm'))]
      .map(([, value]) => Number(value))
      .reduce((sum, value) => sum + value, 0);
  // 20 + 41 and four of the activities, one of the converter, three of the schema and a last word.
  expect(total('workflow_stream_published')).toBe(70);
  // What the attempts of those that resume had published before; how much, is a matter of heartbeats.
  expect(total('workflow_stream_dropped')).toBeGreaterThanOrEqual(7);
});
