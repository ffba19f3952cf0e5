/** Streams that live for many runs, on a server that suggests a new run soon. */
import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowStreamClient } from 'streambook/client';
import { openServer, type TemporalServer } from 'streambook/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offsetsOf, upTo } from '../../support/offsets.js';
import { startTestWorker, type TestWorker } from '../../support/worker.js';
import {
  endSignal,
  type LongLivedInput,
  type longLived,
  reasonsQuery,
} from './long-lived-workflows.js';

/** So many events of history are enough for a run: some twenty batches. */
const ENOUGH_EVENTS = 100;
let server: TemporalServer;
let worker: TestWorker;

beforeAll(async () => {
  server = await openServer({
    limits: { 'limit.historyCount.suggestContinueAsNew': ENOUGH_EVENTS },
  });
  const workflows = new URL('./long-lived-workflows.ts', import.meta.url);
  worker = await startTestWorker(workflows, {}, undefined, server.address);
});
afterAll(async () => {
  await worker?.stop();
  await server?.stop();
});

async function start(input: LongLivedInput = {}) {
  const { client, taskQueue, newId } = worker;
  const workflowId = newId('long-lived');
  const args: [LongLivedInput] = [input];
  await client.workflow.start<typeof longLived>('longLived', { workflowId, taskQueue, args });
  const handle = client.workflow.getHandle(workflowId);
  const reasons = () => handle.query(reasonsQuery);
  const runs = new Set<string>();
  /** How many runs were seen so far. The server is asked: a busy worker may answer no query. */
  const countRuns = async () => runs.add((await handle.describe()).runId).size;
  const connect = () => WorkflowStreamClient.create(client, workflowId);
  return { handle, reasons, countRuns, connect };
}

/** Between two signals of one publisher, in milliseconds: a worker is seldom without a task. */
const PAUSE = 20;

/** Sends numbers without a rest, each in a signal of its own, until told to stop. */
async function publishSteadily(stream: WorkflowStreamClient, isEnough: () => boolean) {
  const topic = stream.topic<number>('n');
  let sent = 0;
  while (!isEnough()) {
    topic.publish(sent++);
    await stream.flush();
    await delay(PAUSE);
  }
  return sent;
}

/** Reads a few items at a time, and is away in between. */
async function readInVisits(connect: () => WorkflowStreamClient, isOver: () => boolean) {
  const seen: number[] = [];
  while (!isOver()) {
    const visit = connect().subscribe([], seen.length, { gap: 'error' });
    for (let n = 0; n < 7; n++) {
      const { value, done } = await visit.next();
      if (done) return seen;
      seen.push(value.offset);
    }
    await visit.return();
  }
  return [...seen, ...(await offsetsOf(connect().subscribe([], seen.length, { gap: 'error' })))];
}

test('publishers that never pause get through rollovers, and every reader gets each item once, in order', async () => {
  const { handle, reasons, countRuns, connect } = await start();
  let isEnough = false;
  const attached = offsetsOf(connect().subscribe([], 0, { gap: 'error' }));
  const visiting = readInVisits(connect, () => isEnough);
  const away = connect().subscribe([], 0, { gap: 'error' });
  const publishers = upTo(3).map(() => publishSteadily(connect(), () => isEnough));
  const first = await away.next();
  await expect.poll(countRuns, { timeout: 50_000, interval: 100 }).toBeGreaterThan(3);
  isEnough = true;
  const sent = await Promise.all(publishers);
  await handle.signal(endSignal);
  await handle.result();

  const all = upTo(sent.reduce((sum, n) => sum + n, 0));
  expect(await attached).toEqual(all);
  expect(await visiting).toEqual(all);
  expect([first.value?.offset, ...(await offsetsOf(away))]).toEqual(all);
  expect(new Set(await reasons())).toEqual(new Set(['history']));
});

test('a log that is bounded stays so over as many runs as there are', async () => {
  const { handle, countRuns, connect } = await start({ retain: { items: 10 } });
  let isEnough = false;
  const publishing = publishSteadily(connect(), () => isEnough);
  await expect.poll(countRuns, { timeout: 50_000, interval: 100 }).toBeGreaterThan(3);
  isEnough = true;
  const sent = await publishing;
  await handle.signal(endSignal);
  expect(await handle.result()).toBe(sent - 10);
  expect(await offsetsOf(connect().subscribe())).toEqual(upTo(sent).slice(-10));
});

test('a log is handed over before it is too big for that, and not again until it has grown', async () => {
  const { handle, reasons, connect } = await start();
  const stream = connect();
  const readers = [offsetsOf(stream.subscribe([], 0, { gap: 'error' }))];
  const publish = async (kilobytes: number) => {
    for (let n = 0; n < kilobytes / 50; n++) stream.topic('text').publish('x'.repeat(37_000));
    await stream.flush();
  };
  await publish(1_650);
  await expect.poll(reasons, { timeout: 10_000 }).toEqual(['log']);
  await publish(100);
  expect(await reasons()).toEqual(['log']);
  readers.push(offsetsOf(connect().subscribe([], 0, { gap: 'error' })));
  await handle.signal(endSignal);
  for (const seen of readers) expect(await seen).toEqual(upTo(35));
  expect(await handle.result()).toBe(0);
});
