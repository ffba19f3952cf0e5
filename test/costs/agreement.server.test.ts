/** What the calculator predicts and what a server counts, side by side. */
import { WorkflowStreamClient as OfficialClient } from '@temporalio/workflow-streams/client';
import { WorkflowStreamClient } from 'streambook/client';
import { countCalls, type Side, startHost, type Wait, WORDS } from 'streambook/costs';
import { type Lab, openLab, summarizeHistory } from 'streambook/lab';
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

/** Such a stream, in which the next batch is sent when all readers have the one before. */
async function count(side: Side, readers: number) {
  const host = await startHost(lab.client, side);
  const { client, calls } = countCalls(lab.client);
  const Client = side === 'ours' ? WorkflowStreamClient : OfficialClient;
  const subscriptions = Array.from({ length: readers }, () =>
    Client.create(client, host.workflowId).subscribe([], 0, { pollCooldown: 0 }),
  );
  const stream = WorkflowStreamClient.create(client, host.workflowId);
  const nexts = subscriptions.map((subscription) => subscription.next());
  // Every reader has looked, and waits, before the first batch.
  const looked = () => (side === 'ours' ? calls.queries : calls.updates) >= readers;
  await expect.poll(looked).toBe(true);
  for (let n = 0; n < BATCHES; n++) {
    stream.topic(WORDS).publish(TEXT);
    await stream.flush();
    await Promise.all(nexts);
    subscriptions.forEach((subscription, index) => {
      nexts[index] = subscription.next();
    });
    // Official readers ask again before the next batch, so that each batch is answered once to each.
    if (side === 'official') {
      await expect
        .poll(async () => (await summarizeHistory(host)).kinds.WorkflowExecutionUpdateAccepted)
        .toBe(readers * (n + 2));
    }
  }
  const asked = { ...calls };
  const { events, bytes, kinds } = await summarizeHistory(host);
  await host.terminate();
  await Promise.allSettled(nexts);
  return { calls: asked, events, bytes, kinds };
}

describe('the calculator', () => {
  test.each([1, 3])('predicts what %d quiet readers cost', async (readers) => {
    const predicted = predict(readers, 'quiet');
    const { calls, events, bytes, kinds } = await count('ours', readers);
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

  test('predicts what three official readers cost, as long as their polls come together', async () => {
    const predicted = predict(3, 'official');
    const { calls, events, bytes, kinds } = await count('official', 3);
    expect(kinds.WorkflowExecutionSignaled).toBe(predicted.signals);
    expect(calls.queries).toBe(0);
    // One poll of each reader waits for what comes next.
    expect(calls.updates).toBe(predicted.updates + 3);
    expect(kinds.WorkflowExecutionUpdateAccepted).toBe(predicted.updates + 3);
    // At least: each poll that comes alone has a workflow task of its own.
    expect(events).toBeGreaterThanOrEqual(predicted.events);
    expect(events).toBeLessThanOrEqual(predicted.events + 3 * 2 * (BATCHES + 1) + 9);
    expect(bytes / predicted.historyBytes).toBeGreaterThan(0.9);
    expect(bytes / predicted.historyBytes).toBeLessThan(1.5);
  });
});
