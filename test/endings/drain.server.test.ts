/** What a workflow waits for that drains its handlers before it returns. */
import { WorkflowStreamClient } from '@temporalio/workflow-streams/client';
import { completionOf, untilPollWaits } from 'streambook/endings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestWorker, type TestWorker } from '../support/worker.js';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker(new URL('./drain/workflow.ts', import.meta.url));
});
afterAll(() => worker?.stop());

test('it waits for a reader that has everything, as long as that one waits for more', async () => {
  const { client, taskQueue, newId } = worker;
  const run = await client.workflow.start('drainingLate', {
    workflowId: newId('drain'),
    taskQueue,
  });
  const stream = WorkflowStreamClient.create(client, run.workflowId);
  const reader = stream.subscribe([], 0, { pollCooldown: 0 });
  expect((await reader.next()).value).toMatchObject({ offset: 0 });
  const more = reader.next();
  await untilPollWaits(run, 2);

  const tasks = await tasksOf(run.workflowId);
  await run.signal('over');
  await completionOf(run, tasks + 1);
  expect((await run.describe()).status.name).toBe('RUNNING');

  await run.signal('nudge');
  await run.result();
  expect((await more).value).toMatchObject({ offset: 1 });
});

/** How many workflow tasks a workflow has completed. */
async function tasksOf(workflowId: string): Promise<number> {
  const { events } = await worker.client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes).length;
}
