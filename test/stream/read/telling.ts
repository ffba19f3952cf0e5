/** A workflow that a test tells what to do, and what readers get of it. */
import type { WorkflowHandle } from '@temporalio/client';
import { type SubscribeOptions, type Subscription, WorkflowStreamClient } from 'streambook/client';
import { summarizeHistory } from 'streambook/lab';
import { expect } from 'vitest';
import type { TestWorker } from '../../support/worker.js';
import { publishSignal, type TellingInput, type telling } from './workflows.js';

/** URL of the workflows beside. */
export const workflows = new URL('./workflows.ts', import.meta.url);

/**
 * Starts such a workflow.
 *
 * @param timeoutMs - after which the server ends it
 */
export async function tell(
  worker: TestWorker,
  { timeoutMs, ...input }: TellingInput & { timeoutMs?: number } = {},
) {
  const { client, taskQueue, newId } = worker;
  const workflowId = newId('telling');
  const args: [TellingInput] = [input];
  await client.workflow.start<typeof telling>('telling', {
    workflowId,
    taskQueue,
    args,
    ...(timeoutMs && { workflowExecutionTimeout: timeoutMs }),
  });
  const handle = client.workflow.getHandle(workflowId);
  return {
    handle,
    stream: WorkflowStreamClient.create(client, workflowId),
    publish: (count: number) => handle.signal(publishSignal, count),
  };
}

/** What a subscription yields until it ends, as far as it has got. */
export class Listener {
  readonly offsets: number[] = [];
  readonly done: Promise<void>;

  constructor(readonly items: Subscription<unknown>) {
    this.done = this.listen();
    // Who waits for an error asks for `done`; until then it is no unhandled one.
    this.done.catch(() => {});
  }

  private async listen(): Promise<void> {
    for await (const { offset } of this.items) this.offsets.push(offset);
  }
}

/** Listens to a stream. */
export function listen(stream: WorkflowStreamClient, from = 0, options?: SubscribeOptions) {
  return new Listener(stream.subscribe([], from, options));
}

/** How many updates the run that a handle means now has accepted. */
export async function updatesOf(handle: WorkflowHandle): Promise<number> {
  return (await summarizeHistory(handle)).kinds.WorkflowExecutionUpdateAccepted ?? 0;
}

export { upTo } from '../../support/offsets.js';

/** Waits for what a test expects; a busy machine may take its time. */
export const eventually = <T>(get: () => T) => expect.poll(get, { timeout: 15_000 });
