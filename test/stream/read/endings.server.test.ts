/** How a run can end under a reader: each way is told apart. */
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestWorker, type TestWorker } from '../../support/worker.js';
import { eventually, listen, tell, workflows } from './telling.js';
import { endSignal } from './workflows.js';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker(workflows);
});
afterAll(() => worker?.stop());

describe.each(['quiet', 'update'] as const)('a reader that waits %s', (wait) => {
  test.each([
    ['COMPLETED', {}, (handle: WorkflowHandle) => handle.signal(endSignal), [0, 1, 2, 3]],
    [
      'FAILED',
      { ending: 'fail' },
      (handle: WorkflowHandle) => handle.signal(endSignal),
      [0, 1, 2, 3],
    ],
    ['CANCELLED', {}, (handle: WorkflowHandle) => handle.cancel(), [0, 1, 2]],
    ['TERMINATED', {}, (handle: WorkflowHandle) => handle.terminate(), [0, 1, 2]],
    ['TIMED_OUT', { timeoutMs: 1_500 }, async () => {}, [0, 1, 2]],
  ] as const)(
    'knows that the workflow is %s, and has what it said until then',
    async (status, how, end, all) => {
      const { handle, stream, publish } = await tell(worker, how);
      await publish(2);
      const early = listen(stream, 0, { wait });
      await eventually(() => early.offsets).toEqual([0, 1]);
      await publish(1);
      await eventually(() => early.offsets).toEqual([0, 1, 2]);
      await end(handle);
      await early.done;
      const late = listen(stream, 0, { wait });
      await late.done;
      for (const { offsets, items } of [early, late]) {
        expect(offsets).toEqual(all);
        expect(items.status).toBe(status);
      }
    },
  );
});
