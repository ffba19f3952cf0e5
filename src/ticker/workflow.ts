import { defineSignal, setHandler, sleep } from '@temporalio/workflow';
import { WorkflowStream } from 'streambook/workflow';
import { adjusted } from './adjusted.js';
import { ADJUST, TICKS, type Tick, type TickerOptions } from './events.js';

// #region ticker-workflow
/** Whoever may signal the workflow may send anything along. */
const adjust = defineSignal<[unknown]>(ADJUST);

/**
 * Ticks, and forgets what is older than the last few ticks.
 *
 * @returns how many parts were made
 */
export async function tickerWorkflow(options: TickerOptions): Promise<number> {
  const { count, intervalMs, ...given } = options;
  const stream = new WorkflowStream();
  const ticks = stream.topic<Tick>(TICKS);
  let forgetting = given;
  setHandler(adjust, (wanted) => {
    forgetting = adjusted(forgetting, wanted);
  });

  let total = 0;
  for (let n = 1; n <= count; n++) {
    await sleep(intervalMs);
    const made = partsMade(n);
    total += made;
    ticks.publish({ n, of: count, made, total });
    const { truncateEvery, keepLast } = forgetting;
    if (n % truncateEvery === 0) stream.truncate(stream.nextOffset - keepLast);
  }
  return total;
}
// #endregion ticker-workflow

/** A press that makes from one to five parts between two ticks, the same ones in every replay. */
function partsMade(n: number): number {
  return 1 + ((n * 7) % 5);
}
