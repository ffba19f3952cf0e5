import { WorkflowStreamClient as OfficialClient } from '@temporalio/workflow-streams/client';
import { WorkflowStreamClient } from 'streambook/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as ours from '../../src/order/activities.js';
import type { Progress, Status } from '../../src/order/events.js';
import { startTestWorker, type TestWorker } from '../support/worker.js';
import * as official from './activities.js';

const workflows = new URL('./workflows.ts', import.meta.url);

const expected = (orderId: string) => [
  [0, 'status', { kind: 'received', orderId }],
  [1, 'progress', { message: 'charging card…' }],
  [2, 'progress', { message: 'card charged' }],
  [3, 'progress', { message: `charge id: charge-${orderId}` }],
  [4, 'status', { kind: 'shipped', orderId }],
  [5, 'status', { kind: 'complete', orderId }],
];

describe.each([
  ['our activity', ours],
  ['an activity with the official client', official],
])('with %s', (_, activities) => {
  let worker: TestWorker;
  beforeAll(async () => {
    worker = await startTestWorker(workflows, { activities });
  });
  afterAll(() => worker?.stop());

  test.each([
    ['our client', WorkflowStreamClient, 'ourOrder', 'our host'],
    ['our client', WorkflowStreamClient, 'officialOrder', 'the official host'],
    ['the official client', OfficialClient, 'ourOrder', 'our host'],
    ['the official client', OfficialClient, 'officialOrder', 'the official host'],
  ] as const)('$0 reads the order from $3', async (_name, Reader, type, _host) => {
    const workflowId = worker.newId(type);
    const order = await worker.client.workflow.start(type, {
      workflowId,
      taskQueue: worker.taskQueue,
      args: [{ orderId: workflowId }],
    });
    // The two classes share their calls, not their type.
    const stream = (Reader as typeof WorkflowStreamClient).create(worker.client, workflowId);
    const events = stream.subscribe<Status | Progress>(['status', 'progress'], 0, {
      resultType: true,
      pollCooldown: 0,
    });
    const seen: unknown[] = [];
    for await (const { offset, topic, data } of events) {
      seen.push([offset, topic, data]);
      if ('kind' in data && data.kind === 'complete') await order.signal('leave');
    }
    expect(seen).toEqual(expected(workflowId));
    expect(await order.result()).toBe(`charge-${workflowId}`);
  });
});

describe('an official host that has closed', () => {
  let worker: TestWorker;
  beforeAll(async () => {
    worker = await startTestWorker(workflows);
  });
  afterAll(() => worker?.stop());

  test('gives our client an error for the items out of reach, where the official one ends in silence', async () => {
    const workflowId = worker.newId('gone');
    await worker.client.workflow.execute('officialAndGone', {
      workflowId,
      taskQueue: worker.taskQueue,
    });
    const theirs = OfficialClient.create(worker.client, workflowId).subscribe();
    expect(await theirs.next()).toEqual({ done: true, value: undefined });
    const mine = WorkflowStreamClient.create(worker.client, workflowId).subscribe();
    await expect(mine.next()).rejects.toMatchObject({ type: 'ReadIncomplete' });
  });
});
