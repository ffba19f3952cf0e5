/** A workflow that is reset while it is read, or that had closed and is reset then. */
import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import { WorkflowStreamClient } from 'streambook/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestWorker, type TestWorker } from '../../support/worker.js';
import { eventually, type Listener, listen, tell, upTo, workflows } from './telling.js';
import { endSignal, rollSignal, syncUpdate } from './workflows.js';

const { ResetWorkflowExecutionRequest } = proto.temporal.api.workflowservice.v1;
const { RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL, RESET_REAPPLY_EXCLUDE_TYPE_UPDATE } =
  proto.temporal.api.enums.v1.ResetReapplyExcludeType;

let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker(workflows);
});
afterAll(() => worker?.stop());

type Told = Awaited<ReturnType<typeof tell>>;

/** Publishes one item in a workflow task of its own, `count` times. */
async function publishOneByOne({ handle, publish }: Told, count: number): Promise<void> {
  for (const _ of upTo(count)) {
    await publish(1);
    await handle.executeUpdate(syncUpdate);
  }
}

/** The event that completed the task that took up a run's signal number `index`, from 0. */
async function taskOfSignal(handle: WorkflowHandle, index: number): Promise<number> {
  const { events = [] } = await handle.fetchHistory();
  const signals = (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes);
  const signal = Number(signals[index]?.eventId);
  const task = (events ?? []).find(
    (event) => event.workflowTaskCompletedEventAttributes && Number(event.eventId) > signal,
  );
  return Number(task?.eventId);
}

/** The event that completed the last workflow task of a run. */
async function lastTaskOf(handle: WorkflowHandle): Promise<number> {
  const { events } = await handle.fetchHistory();
  const task = events?.findLast((event) => event.workflowTaskCompletedEventAttributes);
  return Number(task?.eventId);
}

/**
 * Resets a run to before one of its workflow tasks; what came later is not repeated.
 *
 * @returns the run that took over
 */
async function reset(
  { handle }: Told,
  runId: string,
  workflowTaskFinishEventId: number,
): Promise<string> {
  const { workflowService, options } = worker.client.workflow;
  const { workflowId } = handle;
  const request = ResetWorkflowExecutionRequest.fromObject({
    namespace: options.namespace,
    workflowExecution: { workflowId, runId },
    reason: 'a test',
    requestId: crypto.randomUUID(),
    workflowTaskFinishEventId,
    resetReapplyExcludeTypes: [
      RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL,
      RESET_REAPPLY_EXCLUDE_TYPE_UPDATE,
    ],
  });
  return (await workflowService.resetWorkflowExecution(request)).runId;
}

/** A workflow with items 0 to `count` - 1, a reader that has them, and its run. */
async function begin(count: number) {
  const told = await tell(worker);
  const reader = listen(told.stream);
  await publishOneByOne(told, count);
  await eventually(() => reader.offsets).toEqual(upTo(count));
  const { runId } = await told.handle.describe();
  return { told, reader, runId };
}

async function end({ handle }: Told, reader: Listener): Promise<void> {
  await handle.signal(endSignal);
  await reader.done;
}

describe('a reader whose workflow is reset', () => {
  test('follows the run that took over, when that has all that was read', async () => {
    const { told, reader, runId } = await begin(3);
    // The last task was that of an update, and published nothing.
    await reset(told, runId, await lastTaskOf(told.handle));
    await publishOneByOne(told, 2);
    await end(told, reader);
    expect(reader.offsets).toEqual(upTo(6));
    expect(reader.items.status).toBe('COMPLETED');
  });

  test('is told from which offset on items were replaced, when it has read them', async () => {
    const { told, reader, runId } = await begin(4);
    await reset(told, runId, await taskOfSignal(told.handle, 2));
    await expect(reader.done).rejects.toMatchObject({
      type: 'StreamReset',
      message: expect.stringMatching(/from offset 2 on .* up to 3\. Subscribe from 2/),
    });
    expect(reader.offsets).toEqual(upTo(4));

    const again = listen(told.stream, 2);
    await publishOneByOne(told, 1);
    await end(told, again);
    // The signal that was taken up by that task is still there, so it is taken up again.
    expect(again.offsets).toEqual([2, 3, 4]);
  });

  test('gets nothing more of the old run, also when it names that run', async () => {
    const { told, runId } = await begin(4);
    await reset(told, runId, await taskOfSignal(told.handle, 1));
    await told.publish(1);
    await told.handle.signal(endSignal);
    const old = worker.client.workflow.getHandle(told.handle.workflowId, runId);
    const items = [];
    for await (const item of new WorkflowStreamClient(old).subscribe([], 1)) items.push(item);
    expect(items.map(({ topic, offset }) => [topic, offset])).toEqual([
      ['n', 1],
      ['n', 2],
      ['last', 3],
    ]);
  });

  test('follows also when the workflow had ended before it was reset', async () => {
    const { told, runId } = await begin(2);
    const old = worker.client.workflow.getHandle(told.handle.workflowId, runId);
    const beforeEnd = await lastTaskOf(told.handle);
    await told.handle.signal(endSignal);
    await told.handle.result();
    const before = listen(new WorkflowStreamClient(old), 1);
    await before.done;
    expect(before.offsets).toEqual([1, 2]);

    await reset(told, runId, beforeEnd);
    const after = listen(new WorkflowStreamClient(old), 1);
    await told.publish(1);
    await end(told, after);
    expect(after.offsets).toEqual([1, 2, 3]);
    expect(after.items.status).toBe('COMPLETED');
  });

  test('knows it also when it was reset to a point before a rollover', async () => {
    for (const [index, isKept] of [
      [2, true],
      [1, false],
    ] as const) {
      const { told, reader, runId } = await begin(2);
      await publishOneByOne(told, 1);
      await eventually(() => reader.offsets).toHaveLength(3);
      const task = isKept ? await lastTaskOf(told.handle) : await taskOfSignal(told.handle, index);
      await told.handle.signal(rollSignal);
      await eventually(async () => (await told.handle.describe()).runId).not.toBe(runId);
      await told.handle.executeUpdate(syncUpdate);
      await reset(told, runId, task);
      if (isKept) {
        await end(told, reader);
        expect(reader.offsets).toEqual(upTo(4));
      } else {
        await expect(reader.done).rejects.toMatchObject({
          type: 'StreamReset',
          message: expect.stringContaining('Subscribe from 1'),
        });
        await told.handle.terminate();
      }
    }
  });

  test('takes another workflow under the same id for another one', async () => {
    const { told, reader } = await begin(2);
    const { workflowId } = told.handle;
    await worker.client.workflow.start('telling', {
      workflowId,
      taskQueue: worker.taskQueue,
      args: [{}],
      workflowIdConflictPolicy: 'TERMINATE_EXISTING',
    });
    await reader.done;
    expect(reader.offsets).toEqual(upTo(2));
    expect(reader.items.status).toBe('TERMINATED');
    await told.handle.terminate();
  });
});
