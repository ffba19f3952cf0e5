/** Workflows for readers: one that does as it is told, over as many runs as it is told. */
import {
  ApplicationFailure,
  condition,
  defineSignal,
  defineUpdate,
  setHandler,
} from '@temporalio/workflow';
import { WorkflowStream, type WorkflowStreamState } from 'streambook/workflow';
import { listenToBoth } from '../../support/told.js';

export { endSignal, rollSignal } from '../../support/told.js';

/** Publishes so many numbers more, in one workflow task. */
export const publishSignal = defineSignal<[number]>('publish');
/** Resolves when the workflow has taken up everything that came before. */
export const syncUpdate = defineUpdate('sync');

export interface TellingInput {
  state?: WorkflowStreamState;
  count?: number;
  retain?: { items: number };
  /** How it ends when it is told to. @defaultValue it returns */
  ending?: 'fail';
}

/** Publishes 0, 1, 2, … on `n` as it is told; its last word is `over`. */
export async function telling({ state, count = 0, retain, ending }: TellingInput): Promise<void> {
  const stream = new WorkflowStream(state, retain && { retain });
  const n = stream.topic<number>('n');
  let published = count;
  const told = listenToBoth();
  setHandler(publishSignal, (more) => {
    for (let i = 0; i < more; i++) n.publish(published++);
  });
  setHandler(syncUpdate, () => {});
  await condition(() => told.isOver || told.isDue);
  if (told.isOver) {
    stream.topic('last').publish('over');
    if (ending === 'fail') throw ApplicationFailure.nonRetryable('as planned');
    return;
  }
  await stream.continueAsNew<typeof telling>((next) => [
    { state: next, count: published, ...(retain && { retain }) },
  ]);
}
