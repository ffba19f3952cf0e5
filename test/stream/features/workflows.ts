/** Workflows that use what the stream has beyond its first chapter. */
import { condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';
import { WorkflowStream, type WorkflowStreamState } from 'streambook/workflow';
import { listenToBoth } from '../../support/told.js';
import type { countOff, printPages } from './activities.js';
import { reversing } from './converter.js';
import { positive } from './schema.js';

export { endSignal, rollSignal } from '../../support/told.js';

/** Publishes so many numbers on `n`, one after the other. */
export const publishUpdate = defineUpdate<void, [number]>('publish');
export const truncateUpdate = defineUpdate<void, [number]>('truncate');
/** Publishes any value on the topic `positive`, which has a schema. */
export const positiveUpdate = defineUpdate<void, [unknown]>('positive');
/** What the workflow reads of its own stream. */
export const readUpdate = defineUpdate<OwnReading, [number]>('read');

export interface OwnReading {
  base: number;
  next: number;
  all: { topic: string; offset: number }[];
  numbers: { data: number; offset: number }[];
}

export interface RollingInput {
  state?: WorkflowStreamState;
  count?: number;
  retain?: { items?: number; bytes?: number };
}

/** Publishes 0, 1, 2, … on `n` as it is told, over as many runs as it is told. */
export async function rolling({ state, count = 0, retain }: RollingInput): Promise<void> {
  const stream = new WorkflowStream(state, retain && { retain });
  const n = stream.topic<number>('n');
  let published = count;
  const told = listenToBoth();
  setHandler(publishUpdate, (more) => {
    for (let i = 0; i < more; i++) n.publish(published++);
  });
  setHandler(truncateUpdate, (upTo) => stream.truncate(upTo));
  setHandler(positiveUpdate, (value) => {
    stream.topic('positive', { schema: positive }).publish(value as number);
  });
  setHandler(readUpdate, (from) => ({
    base: stream.baseOffset,
    next: stream.nextOffset,
    all: stream.read([], from).map(({ topic, offset }) => ({ topic, offset })),
    numbers: n.read(from).map(({ data, offset }) => ({ data, offset })),
  }));
  await condition(() => told.isOver || told.isDue);
  if (told.isOver) {
    stream.topic('last').publish('over');
    return;
  }
  await stream.continueAsNew<typeof rolling>((next) => [
    { state: next, count: published, ...(retain && { retain }) },
  ]);
}

/** Continues as new once, and forgets to hand its stream over. */
export async function forgetful(isSecond: boolean): Promise<void> {
  const stream = new WorkflowStream();
  for (let i = 0; i < 2; i++) stream.topic('n').publish(i);
  if (isSecond) return;
  const told = listenToBoth();
  await condition(() => told.isDue);
  await stream.continueAsNew<typeof forgetful>(() => [true]);
}

/** Runs an activity that counts, and fails until its last attempt. */
export async function counted(resume: boolean, count: number): Promise<void> {
  new WorkflowStream();
  const activities = proxyActivities<{ countOff: typeof countOff }>({
    startToCloseTimeout: '30 seconds',
    retry: { initialInterval: '10 milliseconds', maximumAttempts: 3 },
  });
  await activities.countOff(resume, count);
}

/** Prints pages by an activity that resumes. */
export async function printed(pages: string[]): Promise<void> {
  new WorkflowStream();
  const activities = proxyActivities<{ printPages: typeof printPages }>({
    startToCloseTimeout: '30 seconds',
    retry: { initialInterval: '10 milliseconds', maximumAttempts: 2 },
  });
  await activities.printPages(pages);
}

/** Publishes and reads with a converter of its own. */
export async function converted(): Promise<string> {
  const stream = new WorkflowStream(undefined, { payloadConverter: reversing });
  const topic = stream.topic<string>('text');
  topic.publish('stream');
  return topic.read()[0]?.data ?? '';
}
