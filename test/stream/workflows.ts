/** Workflows that host a stream for the tests beside. */
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineSignal,
  isCancellation,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import { WorkflowStream } from 'streambook/workflow';

/** Tells a workflow that it may end. */
export const endSignal = defineSignal('end');

/** Publishes `count` numbers on the topics `even` and `odd`, and returns in the same breath. */
export async function counting(count: number): Promise<void> {
  const stream = new WorkflowStream();
  for (let n = 0; n < count; n++) stream.topic<number>(n % 2 ? 'odd' : 'even').publish(n);
}

/** Resolves when the workflow is told that it may end. */
function told(): Promise<void> {
  let ended = false;
  setHandler(endSignal, () => {
    ended = true;
  });
  return condition(() => ended);
}

/** Hosts a stream for publishers outside until it is told to end; its last word is `ended`. */
export async function hosting(): Promise<void> {
  const stream = new WorkflowStream();
  await told();
  stream.topic('last').publish('ended');
}

/** Publishes bytes as a program with `TextEncoder` has them. */
export async function bytes(): Promise<void> {
  new WorkflowStream().topic<Uint8Array>('bytes').publish(new TextEncoder().encode('ä'));
}

/** Publishes one item of a given size, waits to be told to end, and returns how that went. */
export async function oneBigItem(size: number): Promise<string> {
  const stream = new WorkflowStream();
  let outcome = 'published';
  try {
    stream.topic('big').publish('x'.repeat(size));
  } catch (error) {
    outcome = (error as { type?: string }).type ?? 'another error';
  }
  await told();
  return outcome;
}

/** Cleans up when it is cancelled, and publishes how that goes. */
export async function cleaningUp(): Promise<void> {
  const topic = new WorkflowStream().topic('status');
  topic.publish('running');
  try {
    await told();
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(async () => {
      topic.publish('cleaning up');
      await sleep(200);
      topic.publish('cleaned up');
      await sleep(200);
    });
  }
}

/** Publishes a value that has no encoding, and does not catch what that throws. */
export async function unencodable(): Promise<void> {
  new WorkflowStream().topic('a').publish(10n);
}

/** Publishes and fails. */
export async function failing(): Promise<void> {
  new WorkflowStream().topic('last').publish('about to fail');
  throw ApplicationFailure.nonRetryable('as planned');
}
