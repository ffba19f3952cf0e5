/** A workflow of the official package that does something between its last item and the drain. */
import { allHandlersFinished, condition, defineSignal, setHandler } from '@temporalio/workflow';
import { WorkflowStream } from '@temporalio/workflow-streams/workflow';

export async function drainingLate(): Promise<void> {
  const stream = new WorkflowStream();
  let isOver = false;
  setHandler(defineSignal('over'), () => {
    isOver = true;
  });
  // Publishing wakes the polls that wait, which is how the test lets the workflow go.
  setHandler(defineSignal('nudge'), () => stream.topic('news').publish('nudge'));
  stream.topic('news').publish('the last item');
  await condition(() => isOver);
  await condition(allHandlersFinished);
}
