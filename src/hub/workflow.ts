import { allHandlersFinished, condition, defineSignal, setHandler } from '@temporalio/workflow';
import { WorkflowStream } from 'streambook/workflow';

// #region hub-workflow
/** Does nothing: it is there so that whoever comes first can start the hub with it. */
const open = defineSignal('open');
const close = defineSignal('close');

/**
 * Hosts a stream for others until it is told to close. It publishes nothing itself.
 *
 * @returns how many items were published
 */
export async function hubWorkflow(): Promise<number> {
  const stream = new WorkflowStream();
  let isClosed = false;
  setHandler(open, () => {});
  setHandler(close, () => {
    isClosed = true;
  });

  await condition(() => isClosed);
  stream.detachPollers();
  await condition(allHandlersFinished);
  return stream.nextOffset;
}
// #endregion hub-workflow
