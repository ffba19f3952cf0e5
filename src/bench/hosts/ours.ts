/** Workflows that host a stream of this book. */
import { condition } from '@temporalio/workflow';
import { WorkflowStream, type WorkflowStreamState } from 'streambook/workflow';
import { told, workflowsOf } from './workflows.js';

export const { hosting, finishing } = workflowsOf(() => new WorkflowStream());

/** What a reader may lag behind, in items. */
const KEPT = 5_000;

/** Hosts a stream until it is told to go on, and continues as new whenever it should. */
export async function soaking(rollovers: number, state?: WorkflowStreamState): Promise<number> {
  const stream = new WorkflowStream(state, { retain: { items: KEPT } });
  let isOver = false;
  void told().then(() => {
    isOver = true;
  });
  await condition(() => isOver || stream.rolloverSuggested);
  if (isOver) return rollovers;
  return stream.continueAsNew<typeof soaking>((next) => [rollovers + 1, next]);
}
