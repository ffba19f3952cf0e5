/** A workflow that lives for as long as it is wanted, over as many runs as that takes. */
import { condition, defineQuery, defineSignal, setHandler } from '@temporalio/workflow';
import { WorkflowStream, type WorkflowStreamState } from 'streambook/workflow';

export const endSignal = defineSignal('end');
/** Why each run before this one was left. */
export const reasonsQuery = defineQuery<string[]>('reasons');

export interface LongLivedInput {
  state?: WorkflowStreamState;
  retain?: { items?: number; bytes?: number };
  reasons?: string[];
}

/** Hosts a stream until it is told to end. */
export async function longLived({ state, retain, reasons = [] }: LongLivedInput): Promise<number> {
  const stream = new WorkflowStream(state, { ...(retain && { retain }) });
  let isOver = false;
  setHandler(endSignal, () => {
    isOver = true;
  });
  setHandler(reasonsQuery, () => reasons);
  await condition(() => isOver || stream.rolloverSuggested);
  if (!isOver) {
    const left = [...reasons, stream.rolloverReason ?? ''];
    await stream.continueAsNew<typeof longLived>((next) => [
      { state: next, reasons: left, ...(retain && { retain }) },
    ]);
  }
  return stream.baseOffset;
}
