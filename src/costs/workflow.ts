/**
 * Two workflows that do the same, one on our host and one on the official one, so that what differs
 * between them is the host.
 */
import {
  condition,
  defineSignal,
  defineUpdate,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import * as official from '@temporalio/workflow-streams/workflow';
import { WorkflowStream, type WorkflowStreamState } from 'streambook/workflow';
import { type CostsInput, WORDS } from './events.js';

// #region messages
/** Ends the workflow. */
export const closeSignal = defineSignal('close');
/** What an update of the workflow's own stands for: a customer changes the address. */
export const touchUpdate = defineUpdate<number>('touch');
/** Continues as new; the answer comes at once. */
export const rollUpdate = defineUpdate<void>('roll');
// #endregion messages

/** What both hosts offer. */
interface Host<State> {
  /** Whether to continue as new; the official host does not know. */
  rolloverSuggested?: boolean;
  topic(name: string): { publish(value: unknown): void };
  continueAsNew(buildArgs: (state: State) => [CostsInput<State>]): Promise<never>;
}

// #region live
/** Hosts a stream until it is told to close, and does what its input says meanwhile. */
async function live<State>(stream: Host<State>, input: CostsInput<State>): Promise<void> {
  const { fill = 0, fillLength = 10, ticks = 0, tickMs = 10, heeds = false } = input;
  const words = stream.topic(WORDS);
  let { ticked = 0 } = input;
  let [closing, rolling, touched] = [false, false, 0];
  setHandler(closeSignal, () => {
    closing = true;
  });
  setHandler(rollUpdate, () => {
    rolling = true;
  });
  setHandler(touchUpdate, () => ++touched);

  for (let n = 0; n < fill; n++) words.publish('x'.repeat(fillLength));
  const isFull = () => heeds && (stream.rolloverSuggested ?? workflowInfo().continueAsNewSuggested);
  while (!closing) {
    if (rolling || isFull()) {
      await stream.continueAsNew((state) => [{ ...input, fill: 0, ticked, state }]);
    }
    if (ticked < ticks) {
      await sleep(tickMs);
      words.publish(++ticked);
    } else {
      await condition(() => closing || rolling || isFull());
    }
  }
}
// #endregion live

// #region workflows
/** On the host of this book. */
export async function oursWorkflow(input: CostsInput<WorkflowStreamState> = {}): Promise<void> {
  await live(new WorkflowStream(input.state) as Host<WorkflowStreamState>, input);
}

/** On the host of `@temporalio/workflow-streams`. */
export async function officialWorkflow(
  input: CostsInput<official.WorkflowStreamState> = {},
): Promise<void> {
  await live(new official.WorkflowStream(input.state) as Host<official.WorkflowStreamState>, input);
}
// #endregion workflows
