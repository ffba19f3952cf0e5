/** Truncation, gaps and rollovers, as a reader meets them. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Gap, type StreamError, WorkflowStreamClient } from 'streambook/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { offsetsOf, range } from '../../support/offsets.js';
import { startTestWorker, type TestWorker } from '../../support/worker.js';
import {
  endSignal,
  type forgetful,
  publishUpdate,
  type RollingInput,
  readUpdate,
  type rolling,
  rollSignal,
  truncateUpdate,
} from './workflows.js';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker(new URL('./workflows.ts', import.meta.url));
});
afterAll(() => worker?.stop());

async function start(input: RollingInput = {}) {
  const { client, taskQueue, newId } = worker;
  const workflowId = newId('rolling');
  const args: [RollingInput] = [input];
  await client.workflow.start<typeof rolling>('rolling', { workflowId, taskQueue, args });
  const handle = client.workflow.getHandle(workflowId);
  const publish = (count: number) => handle.executeUpdate(publishUpdate, { args: [count] });
  return { handle, publish, stream: WorkflowStreamClient.create(client, workflowId) };
}

/** Makes a workflow continue as new, and waits for the next run. */
async function roll({ handle }: Awaited<ReturnType<typeof start>>): Promise<void> {
  const { runId } = await handle.describe();
  await handle.signal(rollSignal);
  await expect.poll(async () => (await handle.describe()).runId).not.toBe(runId);
}

describe('a gap', () => {
  test('is reported, and the reader goes on after it', async () => {
    const { handle, publish, stream } = await start();
    await publish(10);
    await handle.executeUpdate(truncateUpdate, { args: [6] });
    await handle.signal(endSignal);
    const gaps: Gap[] = [];
    const seen = await offsetsOf(stream.subscribe([], 2, { onGap: (gap) => gaps.push(gap) }));
    expect(seen).toEqual(range(6, 11));
    expect(gaps).toEqual([{ from: 2, to: 6 }]);
  });

  test('ends a subscription that wants none, with the offset to go on from', async () => {
    const { handle, publish, stream } = await start();
    await publish(10);
    await handle.executeUpdate(truncateUpdate, { args: [6] });
    const reading = offsetsOf(stream.subscribe([], 2, { gap: 'error' }));
    await expect(reading).rejects.toMatchObject({ type: 'Gap' } satisfies Partial<StreamError>);
    await expect(reading).rejects.toThrow('Subscribe from 6');
    await handle.terminate();
  });

  test('is none for who starts at the beginning of what is left', async () => {
    const { handle, publish, stream } = await start();
    await publish(10);
    await handle.executeUpdate(truncateUpdate, { args: [6] });
    await handle.signal(endSignal);
    expect(await offsetsOf(stream.subscribe([], 0, { gap: 'error' }))).toEqual(range(6, 11));
  });

  test('is one for who was there before it, from offset 0 on', async () => {
    const { handle, publish, stream } = await start({ retain: { items: 3 } });
    const gaps: Gap[] = [];
    const reading = stream.subscribe([], 0, { onGap: (gap) => gaps.push(gap) });
    const next = reading.next();
    // Nothing is there yet; the reader has to have asked once.
    await handle.executeUpdate(readUpdate, { args: [0] });
    await delay(300);
    await publish(8);
    expect((await next).value?.offset).toBe(5);
    expect(gaps).toEqual([{ from: 0, to: 5 }]);
    await reading.return();
    await handle.terminate();
  });
});

test('a log that retains three items forgets the others, and says where it begins', async () => {
  const { handle, publish } = await start({ retain: { items: 3 } });
  await publish(8);
  expect(await handle.executeUpdate(readUpdate, { args: [0] })).toEqual({
    base: 5,
    next: 8,
    all: range(5, 8).map((offset) => ({ topic: 'n', offset })),
    numbers: range(5, 8).map((n) => ({ data: n, offset: n })),
  });
  await expect(handle.executeUpdate(readUpdate, { args: [4] })).rejects.toMatchObject({
    cause: { type: 'TruncatedOffset' },
  });
  await handle.terminate();
});

describe('a rollover', () => {
  test('is followed by those who are there, who come late, and who were away during two of them', async () => {
    const rolled = await start();
    const { handle, publish, stream } = rolled;
    const early = offsetsOf(stream.subscribe());
    await publish(3);
    const leaving = stream.subscribe();
    expect((await leaving.next()).value?.offset).toBe(0);
    await roll(rolled);
    await publish(3);
    await roll(rolled);
    await publish(3);
    const back = offsetsOf(stream.subscribe([], 1));
    await handle.signal(endSignal);
    await handle.result();
    expect(await early).toEqual(range(0, 10));
    expect(await back).toEqual(range(1, 10));
    expect(await offsetsOf(leaving)).toEqual(range(1, 10));
    expect(await offsetsOf(stream.subscribe())).toEqual(range(0, 10));
  });

  test('of a log over two megabytes carries what fits, and who follows loses nothing', async () => {
    const rolled = await start();
    const { handle, stream } = rolled;
    const topic = stream.topic<string>('big');
    const early = offsetsOf(stream.subscribe());
    for (let i = 0; i < 30; i++) topic.publish(`${i}`.repeat(50_000));
    await stream.flush();
    await roll(rolled);
    topic.publish('after');
    await stream.flush();
    await handle.signal(endSignal);
    expect(await early).toEqual(range(0, 32));
    const late = await offsetsOf(stream.subscribe());
    expect(late.length).toBeGreaterThan(10);
    expect(late).toEqual(range(32 - late.length, 32));
  });

  test('without the stream’s state is an error that says so', async () => {
    const { client, taskQueue, newId } = worker;
    const workflowId = newId('forgetful');
    await client.workflow.start<typeof forgetful>('forgetful', {
      workflowId,
      taskQueue,
      args: [false],
    });
    const reading = WorkflowStreamClient.create(client, workflowId).subscribe();
    for (const offset of [0, 1]) expect((await reading.next()).value?.offset).toBe(offset);
    await client.workflow.getHandle(workflowId).signal(rollSignal);
    await expect(reading.next()).rejects.toMatchObject({ type: 'StreamReset' });
  });
});

test('a subscription knows afterwards how the workflow ended', async () => {
  const completed = await start();
  const reading = completed.stream.subscribe();
  expect(reading.status).toBeUndefined();
  await completed.handle.signal(endSignal);
  await offsetsOf(reading);
  expect(reading.status).toBe('COMPLETED');

  const terminated = await start();
  await terminated.publish(1);
  const other = terminated.stream.subscribe();
  await other.next();
  await terminated.handle.terminate();
  await offsetsOf(other);
  expect(other.status).toBe('TERMINATED');
});
