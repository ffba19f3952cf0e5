/** Hosts without a read query: found out once, and remembered. */
import type { Client, WorkflowHandle } from '@temporalio/client';
import { WorkflowStreamClient } from 'streambook/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLL_QUERY, READ_QUERY } from '../../../src/stream/wire.js';
import { startTestWorker, type TestWorker } from '../../support/worker.js';
import { eventually, listen, upTo } from './telling.js';
import { endSignal, publishSignal, rollSignal } from './workflows.js';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker(new URL('./official-workflows.ts', import.meta.url));
});
afterAll(() => worker?.stop());

/** Counts how often readers try one of the read queries. */
function countTries({ workflowService }: Client): { count: number; [Symbol.dispose](): void } {
  const ask = workflowService.queryWorkflow;
  const tries = {
    count: 0,
    [Symbol.dispose]() {
      workflowService.queryWorkflow = ask;
    },
  };
  workflowService.queryWorkflow = ((request: { query?: { queryType?: string } }) => {
    const name = request.query?.queryType;
    if (name === READ_QUERY || name === POLL_QUERY) tries.count++;
    return ask.call(workflowService, request);
  }) as typeof ask;
  return tries;
}

async function start(becomesOurs: boolean) {
  const { client, taskQueue, newId } = worker;
  const workflowId = newId('official');
  await client.workflow.start('official', { workflowId, taskQueue, args: [{ becomesOurs }] });
  const handle = client.workflow.getHandle(workflowId);
  return { handle, stream: WorkflowStreamClient.create(client, workflowId) };
}

async function roll(handle: WorkflowHandle): Promise<void> {
  const { runId } = await handle.describe();
  await handle.signal(rollSignal);
  await eventually(async () => (await handle.describe()).runId).not.toBe(runId);
}

describe('a host without the query', () => {
  test('is asked by it once, whatever number of runs and readers follow', async () => {
    using tries = countTries(worker.client);
    const { handle, stream } = await start(false);
    await handle.signal(publishSignal, 2);
    const first = listen(stream);
    await eventually(() => first.offsets).toEqual([0, 1]);
    // By either of the two names that hosts have for it.
    expect(tries.count).toBe(2);
    const second = listen(stream, 1);
    await eventually(() => second.offsets).toEqual([1]);
    for (const n of [3, 4, 5]) {
      await roll(handle);
      await handle.signal(publishSignal, 1);
      await eventually(() => first.offsets).toEqual(upTo(n));
      await eventually(() => second.offsets).toHaveLength(n - 1);
    }
    expect(tries.count).toBe(2);
    await Promise.all([first.items.return(), second.items.return()]);
    await handle.terminate();
  });

  test('that becomes one of ours at a rollover is asked again by who comes then, and at the very end', async () => {
    const { handle, stream } = await start(true);
    await handle.signal(publishSignal, 1);
    // Between two polls for as long as it takes to end the workflow.
    const early = listen(stream, 0, { pollCooldown: '2 seconds' });
    await eventually(() => early.offsets).toEqual([0]);
    await roll(handle);
    await handle.signal(publishSignal, 1);
    await eventually(() => early.offsets).toEqual([0, 1]);
    const late = listen(stream);
    await eventually(() => late.offsets).toEqual([0, 1]);
    using tries = countTries(worker.client);
    await handle.signal(publishSignal, 1);
    await handle.signal(endSignal);
    await Promise.all([early.done, late.done]);
    expect(early.offsets).toEqual(upTo(4));
    expect(late.offsets).toEqual(upTo(4));
    expect(early.items.status).toBe('COMPLETED');
    expect(tries.count).toBeGreaterThan(0);
  });
});
