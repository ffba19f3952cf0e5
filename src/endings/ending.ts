import { allHandlersFinished, condition, sleep } from '@temporalio/workflow';
import type { Ending } from './events.js';

// #region end-by
/**
 * Waits, in a workflow that has published its last item, as the ending says.
 *
 * @param readers - those that have said so far that they have everything
 */
export async function endBy(ending: Ending, readers: ReadonlySet<string>): Promise<void> {
  switch (ending.by) {
    case 'return':
      return;
    case 'drain':
      return condition(allHandlersFinished);
    case 'sleep':
      return sleep(ending.ms);
    case 'ack':
      await condition(() => readers.size >= ending.readers, ending.ms);
  }
}
// #endregion end-by
