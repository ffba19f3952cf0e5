/**
 * Workflows for the hazards. They are bundled twice: as they are, and with `streambook/workflow`
 * standing for the official package, so that both hosts run the same text.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import { WorkflowStream, type WorkflowStreamState } from 'streambook/workflow';
import type { Activities } from './activities.js';
import { customConverter } from './converter.js';

/** How a run gives way to the next one. */
export type Rollover =
  /** By the stream's own helper. */
  | 'helper'
  /** With the state, but without telling those who wait for items. */
  | 'abrupt'
  /** With pollers detached half a second before the run ends. */
  | 'slow'
  /** Without the state. */
  | 'forgetful'
  /** Publishing once more when the state is captured already. */
  | 'late';

/** What a workflow can be told to do. */
export type Step =
  | { publish: unknown; topic?: string }
  /** Publishes a text of so many characters, or so many of `null`. */
  | { publishText: number }
  | { publishNulls: number; topic: string }
  | { truncate: number }
  | { detach: true }
  /** Keeps the workflow task under way for about half a second. */
  | { dawdle: true }
  | { roll: Rollover }
  | { end: true };

/** Does all its steps in one workflow task; fails when one of them does. */
export const actUpdate = defineUpdate<void, [Step[]]>('act');
/** The same without an answer. */
export const actSignal = defineSignal<[Step[]]>('act');
/** Answers with a text of so many characters: an update that costs nothing but its size. */
export const textUpdate = defineUpdate<string, [number]>('text');

/** Answers with how many items there are. */
export const lengthUpdate = defineUpdate<number>('length');

/** How a {@link hosting} workflow begins. */
export interface HostingInput {
  state?: WorkflowStreamState;
  /** Options of the host; the official one takes none. */
  options?: { retain?: { items?: number }; overflow?: 'trim' | 'refuse' };
  /** Done at once. */
  steps?: Step[];
  /** What its successor does at once. */
  nextSteps?: Step[];
}

/** Hosts a stream and does what it is told, until it is told to end. */
export async function hosting(input: HostingInput = {}): Promise<void> {
  const { state, options, steps = [], nextSteps = [] } = input;
  const stream = new WorkflowStream(state, options);
  let ending: Rollover | 'return' | undefined;

  const take = (step: Step): void => {
    if ('publish' in step) stream.topic(step.topic ?? 'a').publish(step.publish);
    if ('publishText' in step) stream.topic('a').publish('x'.repeat(step.publishText));
    if ('publishNulls' in step) {
      for (let n = 0; n < step.publishNulls; n++) stream.topic(step.topic).publish(null);
    }
    if ('truncate' in step) stream.truncate(step.truncate);
    if ('detach' in step) stream.detachPollers();
    if ('dawdle' in step) dawdle();
    if ('roll' in step) ending = step.roll;
    if ('end' in step) ending = 'return';
  };
  setHandler(actUpdate, (todo) => todo.forEach(take));
  setHandler(actSignal, (todo) => todo.forEach(take));
  setHandler(lengthUpdate, () => stream.getState().log.length);
  setHandler(textUpdate, (length) => 'x'.repeat(length));
  steps.forEach(take);

  for (;;) {
    await condition(() => ending !== undefined);
    if (ending === 'return') return;
    const how = ending ?? 'helper';
    ending = undefined;
    await roll(stream, how, { ...(options && { options }), steps: nextSteps });
  }
}

async function roll(stream: WorkflowStream, how: Rollover, input: HostingInput): Promise<void> {
  const goOn = (state: WorkflowStreamState, steps = input.steps): Promise<never> =>
    continueAsNew<typeof hosting>({ ...input, ...(steps && { steps }), state });
  switch (how) {
    case 'helper':
      return stream
        .continueAsNew<typeof hosting>((state) => [{ ...input, state }])
        .catch((error: unknown) => unlessFailure(error, stream));
    case 'abrupt':
      return goOn(stream.getState());
    case 'slow':
      stream.detachPollers();
      await condition(allHandlersFinished);
      await sleep(500);
      return goOn(stream.getState());
    case 'forgetful':
      return continueAsNew<typeof hosting>(input);
    case 'late': {
      stream.detachPollers();
      const state = stream.getState();
      return goOn(state, [{ publish: publishedOrRefused(stream) }]);
    }
  }
}

/** A host that refuses to continue as new goes on, and says so in its stream. */
function unlessFailure(error: unknown, stream: WorkflowStream): void {
  const { type } = error as { type?: string };
  if (type === undefined) throw error;
  stream.topic('refused').publish(type);
}

function publishedOrRefused(stream: WorkflowStream): string {
  try {
    stream.topic('a').publish('late');
    return 'published';
  } catch {
    return 'refused';
  }
}

/** Time stands still inside a workflow task, so it is work that takes the time. */
function dawdle(): void {
  let text = '';
  for (let n = 0; n < 1_200_000; n++) text = String(n);
  if (text === '') throw new Error('the loop was left out');
}

/** Publishes on a stream, makes a second stream if it may, and publishes on that one. */
export async function twoStreams(): Promise<void> {
  new WorkflowStream().topic('a').publish('first');
  try {
    new WorkflowStream().topic('a').publish('second');
  } catch (error) {
    if ((error as { type?: string }).type !== 'SecondStream') throw error;
  }
  await condition(() => false);
}

/** Hosts a stream with a payload converter, and publishes an item. */
export async function converting(): Promise<void> {
  new WorkflowStream(undefined, { payloadConverter: customConverter }).topic('a').publish(1);
  await condition(() => false);
}

const { speakTwice } = proxyActivities<Activities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: 1 },
});

/** Lets an activity publish that fails once on its way. */
export async function retrying(resume: boolean): Promise<void> {
  const stream = new WorkflowStream();
  await speakTwice(resume);
  stream.topic('a').publish('done');
  await condition(() => false);
}
