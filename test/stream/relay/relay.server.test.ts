/** A relay on real streams: what it costs, and that a rollover or a worker's absence is nothing to it. */
import { type Gap, StreamRelay, type Subscription, WorkflowStreamClient } from 'streambook/client';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startTestWorker, type TestWorker } from '../../support/worker.js';
import {
  endSignal,
  publishUpdate,
  type RollingInput,
  type rolling,
  rollSignal,
  truncateUpdate,
} from '../features/workflows.js';
import { range, rest, take } from './fake-stream.js';

const workflows = new URL('../features/workflows.ts', import.meta.url);
let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker(workflows);
});
afterAll(() => worker?.stop());
afterEach(() => vi.restoreAllMocks());

async function start(input: RollingInput = {}, taskQueue = worker.taskQueue) {
  const { client, newId } = worker;
  const workflowId = newId('relayed');
  const args: [RollingInput] = [input];
  await client.workflow.start<typeof rolling>('rolling', { workflowId, taskQueue, args });
  const handle = client.workflow.getHandle(workflowId);
  const publish = (count: number) => handle.executeUpdate(publishUpdate, { args: [count] });
  return { handle, publish, stream: WorkflowStreamClient.create(client, workflowId) };
}

/** Counts the calls that readers make, from now on. */
function countCalls() {
  const { workflowService } = worker.client;
  const spies = [
    vi.spyOn(workflowService, 'queryWorkflow'),
    vi.spyOn(workflowService, 'getWorkflowExecutionHistory'),
    vi.spyOn(workflowService, 'updateWorkflowExecution'),
  ];
  return () => spies.map(({ mock }) => mock.calls.length);
}

type Items = Subscription<unknown>;

/** Publishes ten times, each time when all have what was there before. */
async function costOf(readersOf: (stream: WorkflowStreamClient) => Items[]): Promise<number[]> {
  const { handle, publish, stream } = await start();
  const calls = countCalls();
  const readers = readersOf(stream);
  for (let round = 0; round < 10; round++) {
    await publish(1);
    for (const reader of readers) expect(await take(reader, 1)).toEqual([round]);
  }
  await handle.signal(endSignal);
  for (const reader of readers) expect(await rest(reader)).toEqual({ seen: [10] });
  // The updates are those of the workflow that publish.
  const counted = calls();
  vi.restoreAllMocks();
  return counted;
}

test('a hundred consumers cost the server as many calls as one reader does', async () => {
  const one = await costOf((stream) => [stream.subscribe()]);
  const hundred = await costOf((stream) => {
    const relay = new StreamRelay(stream);
    return range(0, 100).map((n) => relay.subscribe(n % 2 ? [] : ['n', 'last']));
  });
  const [queries = 0, polls = 0, updates] = one;
  expect(queries).toBeGreaterThanOrEqual(10);
  // How many events one poll of the history brings is a matter of chance.
  expect(hundred[0]).toBeLessThanOrEqual(queries + 5);
  expect(hundred[1]).toBeLessThanOrEqual(polls * 1.5 + 5);
  expect(hundred[2]).toBe(updates);
});

test('late joiners, a rollover and a truncation in between: everybody gets what there is', async () => {
  const { handle, publish, stream } = await start();
  const subscriptions = vi.spyOn(stream, 'subscribe');
  const relay = new StreamRelay(stream, { maxItems: 20 });
  const early = rest(relay.subscribe());
  const first = relay.subscribe<number>('n', 0, { resultType: true });
  await publish(50);
  expect(await take(first, 50)).toEqual(range(0, 50));

  const late = range(0, 10).map((n) => relay.subscribe([], n));
  const taken = late.map((items, n) => take(items, 60 - n));
  const { runId } = await handle.describe();
  await handle.signal(rollSignal);
  await expect.poll(async () => (await handle.describe()).runId).not.toBe(runId);
  await publish(30);
  expect(await take(first, 30)).toEqual(range(50, 80));
  expect(await Promise.all(taken)).toEqual(range(0, 10).map((n) => range(n, 60)));
  expect(subscriptions).toHaveBeenCalledTimes(2);

  await handle.executeUpdate(truncateUpdate, { args: [70] });
  const gaps: Gap[] = [];
  const last = rest(relay.subscribe([], 5, { onGap: (gap) => gaps.push(gap) }));
  const others = late.map(rest);
  await handle.signal(endSignal);
  expect(await early).toEqual({ seen: range(0, 81) });
  expect(await rest(first)).toEqual({ seen: [] });
  expect(await Promise.all(others)).toEqual(Array(10).fill({ seen: range(60, 81) }));
  // Up to where the log begins, or the ring where that holds more.
  const { seen } = await last;
  expect(seen).toEqual(range(seen[0] ?? 0, 81));
  expect(gaps).toEqual([{ from: 5, to: seen[0] }]);
  expect(seen[0]).toBeLessThanOrEqual(70);
  expect([first.status, late[0]?.status]).toEqual(['COMPLETED', 'COMPLETED']);
  expect(relay.consumers).toBe(0);
});

test('when the last consumer has left nothing is asked any more, and the next one begins anew', async () => {
  const { handle, publish, stream } = await start();
  const relay = new StreamRelay(stream);
  const consumers = range(0, 5).map(() => relay.subscribe());
  await publish(1);
  for (const consumer of consumers) await take(consumer, 1);
  const waiting = consumers.map((consumer) => consumer.next());
  for (const consumer of consumers) await consumer.return();
  expect((await Promise.all(waiting)).map(({ done }) => done)).toEqual(Array(5).fill(true));
  const calls = countCalls();
  // The update is over when news of it would have come to a reader.
  await publish(1);
  await publish(1);
  expect(calls().slice(0, 2)).toEqual([0, 0]);
  expect(await take(relay.subscribe([], 1), 2)).toEqual([1, 2]);
  await handle.terminate();
});

test('a worker that is away for a while is waited for', async () => {
  const taskQueue = `absent-${crypto.randomUUID()}`;
  const before = await startTestWorker(workflows, { taskQueue });
  const { handle, publish, stream } = await start({}, taskQueue);
  const relay = new StreamRelay(stream);
  const consumers = range(0, 20).map(() => relay.subscribe());
  await publish(5);
  for (const consumer of consumers) expect(await take(consumer, 5)).toEqual(range(0, 5));
  const reading = consumers.map(rest);
  await before.stop();
  await handle.signal(endSignal);
  const after = await startTestWorker(workflows, { taskQueue });
  expect(await Promise.all(reading)).toEqual(Array(20).fill({ seen: [5] }));
  expect(consumers.map(({ status }) => status)).toEqual(Array(20).fill('COMPLETED'));
  await after.stop();
});
