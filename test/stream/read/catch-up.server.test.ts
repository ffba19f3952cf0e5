/** How many calls it takes to read what is there, and what happens while no worker is. */
import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestWorker, type TestWorker } from '../../support/worker.js';
import { eventually, listen, tell, upTo, workflows } from './telling.js';
import { endSignal } from './workflows.js';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker(workflows);
});
afterAll(() => worker?.stop());

/** Counts calls that the server answers; on a busy machine, a query may be tried more than once. */
function countCalls({ workflowService }: Client) {
  const { queryWorkflow, getWorkflowExecutionHistory } = workflowService;
  const calls = {
    queries: 0,
    pages: 0,
    [Symbol.dispose]() {
      Object.assign(workflowService, { queryWorkflow, getWorkflowExecutionHistory });
    },
  };
  Object.assign(workflowService, {
    async queryWorkflow(...args: Parameters<typeof queryWorkflow>) {
      const answer = await queryWorkflow.apply(workflowService, args);
      calls.queries++;
      return answer;
    },
    async getWorkflowExecutionHistory(...args: Parameters<typeof getWorkflowExecutionHistory>) {
      const answer = await getWorkflowExecutionHistory.apply(workflowService, args);
      calls.pages++;
      return answer;
    },
  });
  return calls;
}

describe('a reader that comes late', () => {
  test('reads a closed run in a few pages, and not its history', async () => {
    const { handle, stream, publish } = await tell(worker);
    for (const _ of upTo(300)) await publish(80);
    await handle.signal(endSignal);
    await handle.result();
    using calls = countCalls(worker.client);
    const reader = listen(stream);
    await reader.done;
    expect(reader.offsets).toEqual(upTo(24_001));
    // About 2.4 MB: a million bytes a page would make three.
    expect(calls.queries).toBe(2);
    expect(calls.pages).toBeLessThanOrEqual(2);
  });

  test('has the items of an open run before it has seen all of its history', async () => {
    const { handle, stream, publish } = await tell(worker);
    // A first task that is done before anything is published ends within the reader's first page.
    await eventually(() => stream.getOffset()).toBe(0);
    for (const _ of upTo(300)) await publish(1);
    await eventually(() => stream.getOffset()).toBe(300);
    using calls = countCalls(worker.client);
    const items = stream.subscribe();
    for (const n of upTo(300)) expect((await items.next()).value?.offset).toBe(n);
    expect(calls).toMatchObject({ queries: 1, pages: 1 });
    // What comes later is not missed, though the rest of the past comes first.
    const next = items.next();
    await publish(1);
    expect((await next).value?.offset).toBe(300);
    await items.return();
    await handle.terminate();
  });

  test('is one of a hundred, who ask as much as one does', async () => {
    const { handle, stream, publish } = await tell(worker);
    await publish(1);
    const readers = upTo(100).map(() => listen(stream));
    for (const { offsets } of readers) await eventually(() => offsets).toHaveLength(1);
    using calls = countCalls(worker.client);
    for (const n of upTo(5)) {
      await publish(1);
      for (const { offsets } of readers) await eventually(() => offsets).toHaveLength(n + 2);
    }
    // One for each item is enough; a hundred for each would be 500.
    expect(calls.queries).toBeLessThan(20);
    await handle.signal(endSignal);
    for (const { done, offsets } of readers) {
      await done;
      expect(offsets).toEqual(upTo(7));
    }
  });
});

describe.each(['quiet', 'update'] as const)('a reader that waits %s', (wait) => {
  test('waits for a worker that is away for a while, and goes on', async () => {
    const first = await startTestWorker(workflows);
    const { taskQueue } = first;
    const { handle, stream, publish } = await tell({ ...worker, taskQueue });
    await publish(1);
    const reader = listen(stream, 0, { wait });
    await eventually(() => reader.offsets).toEqual([0]);
    await first.stop();
    await publish(1);
    const late = listen(stream, 0, { wait });
    const second = await startTestWorker(workflows, { taskQueue });
    await eventually(() => reader.offsets).toEqual([0, 1]);
    await handle.signal(endSignal);
    await Promise.all([reader.done, late.done]);
    expect(reader.offsets).toEqual(upTo(3));
    expect(late.offsets).toEqual(upTo(3));
    await second.stop();
  });

  test('can be stopped while no worker is there', async () => {
    const first = await startTestWorker(workflows);
    const { handle, stream, publish } = await tell({ ...worker, taskQueue: first.taskQueue });
    await publish(1);
    const reader = listen(stream, 0, { wait });
    await eventually(() => reader.offsets).toEqual([0]);
    await first.stop();
    await publish(1);
    await Promise.race([reader.done, handle.describe()]);
    await reader.items.return();
    await reader.done;
    expect(reader.offsets).toEqual([0]);
    await handle.terminate();
  });
});
