/** A lighthouse on the server of the test run, whose volumes end when they are asked to. */
import { randomBytes } from 'node:crypto';
import { WorkflowStreamClient } from 'streambook/client';
import { type Lab, openLab, startWorker } from 'streambook/lab';
import {
  closeLighthouse,
  type Logbook,
  READINGS,
  type Reading,
  readAttached,
  runsOf,
  startForgetful,
  startLighthouse,
  turnPage,
  VOLUMES,
  type Volume,
} from 'streambook/rollover';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { upTo } from '../support/offsets.js';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab('rollover');
});
afterAll(() => lab?.close());

const newId = () => randomBytes(4).toString('hex');

async function open(options: Logbook['options'] = {}) {
  const lighthouse = await startLighthouse(lab.client, newId(), options);
  const stream = WorkflowStreamClient.create(lab.client, lighthouse.workflowId);
  await stream.topic(VOLUMES).subscribe().next();
  const publish = async (count: number, padding = '') => {
    for (const number of upTo(count)) {
      stream.topic(READINGS).publish({ instrument: 'lamp', number, value: 0, padding });
    }
    await stream.flush();
  };
  return { lighthouse, stream, publish };
}

test('each volume goes on where the one before it ended, and says so', async () => {
  const { lighthouse, stream, publish } = await open();
  const volumes: [Volume, number][] = [];
  const reading = readAttached(stream, (volume, offset) => volumes.push([volume, offset]));
  for (const turned of upTo(2)) {
    await publish(3);
    await turnPage(lighthouse);
    // What comes before the run's first task is taken when its stream is made.
    await expect.poll(() => volumes).toHaveLength(turned + 2);
  }
  expect(await closeLighthouse(lighthouse)).toEqual({ volumes: 3, base: 0, next: 9 });
  expect((await reading).map(({ offset }) => offset)).toEqual(upTo(9));
  expect(volumes).toEqual([
    [{ volume: 1 }, 0],
    [{ volume: 2, because: 'asked' }, 4],
    [{ volume: 3, because: 'asked' }, 8],
  ]);
  const runs = await runsOf(lab.client, lighthouse.workflowId);
  expect(runs).toHaveLength(3);
  const carried = runs.map(({ carriedBytes }) => carriedBytes);
  expect(carried).toEqual([...carried].sort((a, b) => a - b));
});

test('a lighthouse that was told to close while a rollover was under way closes', async () => {
  const { lighthouse } = await open();
  await Promise.all([lighthouse.signal('turn'), lighthouse.signal('close')]);
  expect((await lighthouse.result()).next).toBeLessThanOrEqual(2);
});

test('the worker may die between two volumes', async () => {
  const { lighthouse, stream, publish } = await open();
  const reading = readAttached(stream);
  await publish(3);
  await lab.worker.kill();
  await Promise.all([publish(3), lighthouse.signal('turn')]);
  lab.worker = await startWorker('rollover', lab.server);
  await publish(3);
  const runs = () => runsOf(lab.client, lighthouse.workflowId);
  await expect.poll(runs, { timeout: 40_000 }).toHaveLength(2);
  const { next } = await closeLighthouse(lighthouse);
  expect(next).toBe(11);
  expect((await reading).map(({ offset }) => offset)).toEqual(upTo(11));
});

test('a log over two megabytes is trimmed, or refused, as the lighthouse wants it', async () => {
  // One fits into a run's input with room to spare, and two do not.
  const padding = 'x'.repeat(1_050_000);
  const trimming = await open();
  const reading = readAttached(trimming.stream);
  const volumes = trimming.stream.topic(VOLUMES).subscribe(1);
  await trimming.publish(2, padding);
  expect((await volumes.next()).value?.data).toEqual({ volume: 2, because: 'log' });
  expect(await closeLighthouse(trimming.lighthouse)).toEqual({ volumes: 2, base: 2, next: 4 });
  expect((await reading).map(({ offset }) => offset)).toEqual(upTo(4));

  const refusing = await open({ overflow: 'refuse' });
  await refusing.publish(2, padding);
  await expect(refusing.lighthouse.result()).rejects.toMatchObject({
    cause: { type: 'StateTooLarge' },
  });
});

test('a log that keeps ten items carries no more, however often it is handed on', async () => {
  const { lighthouse, publish } = await open({ retain: { items: 10 } });
  for (const _ of upTo(4)) {
    await publish(20);
    await turnPage(lighthouse);
  }
  const [, second, ...rest] = await runsOf(lab.client, lighthouse.workflowId);
  for (const run of rest) {
    expect(run.carriedBytes).toBeLessThan((second?.carriedBytes ?? 0) * 1.2);
  }
  expect(await closeLighthouse(lighthouse)).toMatchObject({ base: 75, next: 85 });
});

test('a lighthouse that forgets its log is found out by its reader', async () => {
  const lighthouse = await startForgetful(lab.client, newId());
  const stream = WorkflowStreamClient.create(lab.client, lighthouse.workflowId);
  await stream.topic(VOLUMES).subscribe().next();
  const reading = stream.topic<Reading>(READINGS).subscribe();
  stream.topic<Reading>(READINGS).publish({ instrument: 'lamp', number: 1, value: 0 });
  await stream.flush();
  expect((await reading.next()).value?.offset).toBe(1);
  await turnPage(lighthouse);
  await expect(reading.next()).rejects.toMatchObject({ type: 'StreamReset' });
  await lighthouse.terminate();
});

test('there is one lighthouse of an id, also when it has closed', async () => {
  const id = newId();
  const lighthouse = await startLighthouse(lab.client, id);
  await closeLighthouse(lighthouse);
  await expect(startLighthouse(lab.client, id)).rejects.toMatchObject({
    name: 'WorkflowExecutionAlreadyStartedError',
  });
});
