/**
 * Workflows that host a stream. They are bundled twice, as they stand and with the official package in
 * the place of ours, so they use only what both have.
 */
import type { Duration } from '@temporalio/common/lib/time.js';
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import { WorkflowStream, type WorkflowStreamState } from 'streambook/workflow';
import type { Activities } from './activities.js';

/** What a host is told to do; a list of steps is done within one workflow task. */
export type Step = { publish: unknown; topic?: string } | { truncate: number };

/** Tells a workflow that it may end. */
export const endSignal = defineSignal('end');
/** Tells a host what to do. */
export const performUpdate = defineUpdate<void, [Step[]]>('perform');
/** What a host would hand to its successor. */
export const stateQuery = defineQuery<WorkflowStreamState, [Duration]>('state');
/** Tells a host to continue as new. */
export const rollOverSignal = defineSignal('rollOver');
/** Lets a host that has detached its pollers go on. */
export const releaseSignal = defineSignal('release');

const { countToLeave, countOneByOne, countElsewhere } = proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumAttempts: 1 },
});

function perform(stream: WorkflowStream, steps: Step[]): void {
  for (const step of steps) {
    if ('truncate' in step) stream.truncate(step.truncate);
    else stream.topic(step.topic ?? 'a').publish(step.publish);
  }
}

/** Resolves when the workflow is told that it may end: an official host is read only until then. */
function told(): Promise<void> {
  let isTold = false;
  setHandler(endSignal, () => {
    isTold = true;
  });
  return condition(() => isTold);
}

/** A stream that begins with some steps and then does what it is told. */
function obedientStream(steps: Step[] = [], state?: WorkflowStreamState): WorkflowStream {
  const stream = new WorkflowStream(state);
  perform(stream, steps);
  // After the first steps: an update that came in the first workflow task is done here and now.
  setHandler(performUpdate, (steps) => perform(stream, steps));
  setHandler(stateQuery, (publisherTtl) => stream.getState(publisherTtl));
  return stream;
}

/** Hosts a stream and begins with some steps. */
export async function hosting(steps: Step[] = []): Promise<void> {
  obedientStream(steps);
  await told();
}

/** Publishes bytes as a program with `TextEncoder` has them. */
export async function publishingBytes(text: string): Promise<void> {
  const topic = obedientStream().topic<Uint8Array>('bytes');
  topic.publish(new TextEncoder().encode(text));
  await told();
}

/** Returns whether a topic's handle is the same each time, and another one for another topic. */
export async function comparingTopics(): Promise<[boolean, boolean]> {
  const stream = new WorkflowStream();
  const topic = stream.topic('a');
  return [topic === stream.topic('a'), topic === stream.topic('b')] as [boolean, boolean];
}

/** Publishes after its activity has. */
export async function narrating(count: number): Promise<void> {
  const stream = obedientStream();
  await countToLeave(count);
  stream.topic('workflow').publish('the activity is done');
  await told();
}

/** Publishes while its activity does. */
export async function interleaving(count: number): Promise<void> {
  const topic = obedientStream().topic<number>('workflow');
  const publishing = async () => {
    for (let n = 0; n < count; n++) {
      topic.publish(n);
      await countToLeave(0);
    }
  };
  await Promise.all([countOneByOne(count), publishing()]);
  await told();
}

/** Hosts no stream; its activity publishes to another workflow. */
export async function publishingElsewhere(workflowId: string, count: number): Promise<void> {
  await countElsewhere(workflowId, count);
}

/** How a host continues as new: with one call, step by step, with a pause, without asking its pollers. */
export type Rollover = 'helper' | 'recipe' | 'gated' | 'abrupt';

/** Continues as new with its stream whenever it is told to. */
export async function rolling(how: Rollover, state?: WorkflowStreamState): Promise<void> {
  const stream = obedientStream([], state);
  let isDue = false;
  let isReleased = how !== 'gated';
  let hasEnded = false;
  setHandler(rollOverSignal, () => {
    isDue = true;
  });
  setHandler(releaseSignal, () => {
    isReleased = true;
  });
  void told().then(() => {
    hasEnded = true;
  });
  await condition(() => isDue || hasEnded);
  if (!isDue) return;
  if (how === 'helper') return stream.continueAsNew<typeof rolling>((next) => [how, next]);
  if (how !== 'abrupt') {
    stream.detachPollers();
    await condition(() => isReleased && allHandlersFinished());
  }
  return continueAsNew<typeof rolling>(how, stream.getState());
}
