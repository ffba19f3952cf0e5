/** What the calculator predicts and what a server counts, side by side. */
import type { Client } from '@temporalio/client';
import { WorkflowStreamClient as OfficialClient } from '@temporalio/workflow-streams/client';
import { StreamRelay, WorkflowStreamClient } from 'streambook/client';
import { billOf, startHost, type Wait, WORDS } from 'streambook/costs';
import { type Lab, openLab, summarizeHistory } from 'streambook/lab';
import { type CountingClient, countCalls } from 'streambook/pipeline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { estimate } from '../../src/costs/estimate.js';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab('costs');
});
afterAll(() => lab?.close());

const BATCHES = 15;
const TEXT = 'x'.repeat(98);

/** A stream of one item a batch and a batch a second, as the calculator sees it. */
const predict = (readers: number, wait: Wait) =>
  estimate({
    ...{ intervalMs: 1_000, itemsPerSecond: 1, seconds: BATCHES },
    ...{ itemBytes: TEXT.length + 2, readers, wait },
  });

/** Opens so many subscriptions on a workflow, each by a client of its own unless a relay is between. */
type Subscribe = (client: () => Client, id: string, count: number) => AsyncIterator<unknown>[];

const listOf = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
const SUBSCRIBE: Record<Wait | 'relay', Subscribe> = {
  quiet: (client, id, count) =>
    listOf(count, () => WorkflowStreamClient.create(client(), id).subscribe()),
  update: (client, id, count) =>
    listOf(count, () =>
      WorkflowStreamClient.create(client(), id).subscribe([], 0, {
        wait: 'update',
        pollCooldown: 0,
      }),
    ),
  official: (client, id, count) =>
    listOf(count, () => OfficialClient.create(client(), id).subscribe([], 0, { pollCooldown: 0 })),
  relay: (client, id, count) => {
    const relay = new StreamRelay(WorkflowStreamClient.create(client(), id));
    return listOf(count, () => relay.subscribe());
  },
};

/** Such a stream, in which the next batch is sent when all readers have the one before. */
async function count(way: Wait | 'relay', readers: number) {
  // One item is there when they come, and each of them has it before the first batch.
  const side = way === 'official' ? 'official' : 'ours';
  const host = await startHost(lab.client, side, { fill: 1 });
  const counted: CountingClient[] = [];
  const newClient = (): Client => {
    const counting = countCalls(lab.client);
    counted.push(counting);
    return counting.client;
  };
  const subscriptions = SUBSCRIBE[way](newClient, host.workflowId, readers);
  const stream = WorkflowStreamClient.create(newClient(), host.workflowId);
  await Promise.all(subscriptions.map((subscription) => subscription.next()));
  const nexts = subscriptions.map((subscription) => subscription.next());
  const polls = way === 'update' || way === 'official';
  // Those who poll wait before each batch, so that it is answered once to each.
  const firstPolls = way === 'official' ? readers : 0;
  const parked = async (batches: number) => {
    const accepted = async () =>
      (await summarizeHistory(host)).kinds.WorkflowExecutionUpdateAccepted;
    await expect.poll(accepted).toBe(firstPolls + readers * batches);
  };
  if (polls) await parked(1);
  for (let n = 0; n < BATCHES; n++) {
    stream.topic(WORDS).publish(TEXT);
    await stream.flush();
    await Promise.all(nexts);
    subscriptions.forEach((subscription, index) => {
      nexts[index] = subscription.next();
    });
    if (polls) await parked(n + 2);
  }
  const asked = billOf(...counted.map(({ calls }) => calls));
  const { events, bytes, kinds } = await summarizeHistory(host);
  await host.terminate();
  await Promise.allSettled(nexts);
  return { calls: asked, events, bytes, kinds };
}

describe('the calculator', () => {
  test.each([1, 3])('predicts what %d quiet readers cost', async (readers) => {
    const predicted = predict(readers, 'quiet');
    const { calls, events, bytes, kinds } = await count('quiet', readers);
    expect(kinds.WorkflowExecutionSignaled).toBe(predicted.signals);
    expect(calls.signals).toBe(predicted.signals);
    expect(calls.updates).toBe(0);
    expect(events).toBe(predicted.events);
    // Each reader looks once more when it comes; and a query that is late is asked again.
    expect(calls.queries).toBeGreaterThanOrEqual(predicted.queries + readers);
    expect(calls.queries).toBeLessThanOrEqual(predicted.queries + readers + 3);
    // Nobody waits idly here; the last polls may not have been asked yet.
    const perReader = calls.longPolls / readers;
    expect(perReader).toBeGreaterThan(2 * BATCHES);
    expect(perReader).toBeLessThanOrEqual(3 * BATCHES + 4);
    expect(bytes / predicted.historyBytes).toBeGreaterThan(0.9);
    expect(bytes / predicted.historyBytes).toBeLessThan(1.2);
  });

  test('predicts what a hundred readers behind a relay cost: as much as one', async () => {
    const predicted = estimate({ ...predict(100, 'quiet').plan, relays: 1 });
    const { calls, events } = await count('relay', 100);
    expect(events).toBe(predicted.events);
    expect(calls.queries).toBeGreaterThanOrEqual(predicted.queries);
    expect(calls.queries).toBeLessThanOrEqual(predicted.queries + 3);
  });

  test.each(['update', 'official'] as const)(
    'predicts what three readers cost who wait as %s, as long as their polls come together',
    async (wait) => {
      const predicted = predict(3, wait);
      const { calls, events, bytes, kinds } = await count(wait, 3);
      expect(kinds.WorkflowExecutionSignaled).toBe(predicted.signals);
      // One poll of each reader waits for what comes next, and one of the official client's was for the
      // item that was there; ours asked for that by query.
      const more = wait === 'official' ? 6 : 3;
      expect(calls.updates).toBe(predicted.updates + more);
      expect(kinds.WorkflowExecutionUpdateAccepted).toBe(predicted.updates + more);
      // At least: each poll that comes alone has a workflow task of its own.
      expect(events).toBeGreaterThanOrEqual(predicted.events);
      expect(events).toBeLessThanOrEqual(predicted.events + 3 * 2 * (BATCHES + 2) + 15);
      expect(bytes / predicted.historyBytes).toBeGreaterThan(0.9);
      expect(bytes / predicted.historyBytes).toBeLessThan(1.5);
    },
  );
});
