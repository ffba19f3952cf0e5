/** For workflows of tests that go on until they are told otherwise. */
import { defineSignal, setHandler } from '@temporalio/workflow';

/** Ends the workflow, or makes it continue as new. */
export const endSignal = defineSignal('end');
export const rollSignal = defineSignal('roll');

/** What a workflow has been told so far. */
export interface Told {
  isOver: boolean;
  isDue: boolean;
}

/** Listens to both signals. */
export function listenToBoth(): Told {
  const told = { isOver: false, isDue: false };
  setHandler(endSignal, () => {
    told.isOver = true;
  });
  setHandler(rollSignal, () => {
    told.isDue = true;
  });
  return told;
}
