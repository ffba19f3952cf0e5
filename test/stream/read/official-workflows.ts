/** A workflow that hosts its stream with the official package, and may go over to ours. */
import { condition, continueAsNew, setHandler } from '@temporalio/workflow';
import {
  WorkflowStream as OfficialStream,
  type WorkflowStreamState,
} from '@temporalio/workflow-streams/workflow';
import { WorkflowStream } from 'streambook/workflow';
import { listenToBoth } from '../../support/told.js';
import { publishSignal } from './workflows.js';

export interface OfficialInput {
  state?: WorkflowStreamState;
  count?: number;
  /** Whether the next run hosts its stream with our package. */
  becomesOurs: boolean;
  isOurs?: boolean;
}

/** Publishes 0, 1, 2, … on `n` as it is told. */
export async function official(input: OfficialInput): Promise<void> {
  const { state, becomesOurs, isOurs = false } = input;
  const stream = isOurs ? new WorkflowStream(state) : new OfficialStream(state);
  let { count = 0 } = input;
  const told = listenToBoth();
  setHandler(publishSignal, (more) => {
    for (let i = 0; i < more; i++) stream.topic<number>('n').publish(count++);
  });
  await condition(() => told.isOver || told.isDue);
  if (told.isOver) {
    stream.topic<string>('last').publish('over');
    return;
  }
  stream.detachPollers();
  await continueAsNew<typeof official>({
    state: stream.getState(),
    count,
    becomesOurs,
    isOurs: becomesOurs,
  });
}
