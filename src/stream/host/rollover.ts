/** Continuing as new: the run ends, and its successor goes on with the log. */
import type { Workflow } from '@temporalio/common';
import { type Duration, msToNumber } from '@temporalio/common/lib/time.js';
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  log as workflowLog,
} from '@temporalio/workflow';
import type { Log } from '../log.js';
import type { Count } from '../metrics.js';
import { MAX_INPUT_BYTES } from '../size.js';
import type { WorkflowStreamState } from '../wire.js';
import type { Polls } from './polls.js';
import { publisherState } from './publisher-state.js';
import type { Publishers } from './publishers.js';
import { fitInput, fitState, type Overflow } from './state.js';

// #region carried
/** What a rollover needs of the stream. */
export interface Carried {
  log: Log;
  publishers: Publishers;
  polls: Polls;
  /** Names the log: the run in which it began; absent when that is not known. */
  logId: string | undefined;
  overflow: Overflow;
  count: Count;
}
// #endregion carried

// #region capture
/**
 * What the next run needs.
 *
 * @param publisherTtl - publishers that have been silent for longer are forgotten
 * @param maxBytes - most bytes of JSON that it may take
 * @throws ApplicationFailure `StateTooLarge`
 */
export function captureState(
  { log, publishers, logId, overflow }: Carried,
  publisherTtl: Duration,
  maxBytes = MAX_INPUT_BYTES,
): WorkflowStreamState {
  const capture = (): WorkflowStreamState => {
    const whole: WorkflowStreamState = {
      log: log.read().items.map((item) => ({ ...item, offset: 0 })),
      base_offset: log.base,
      ...publisherState(publishers, msToNumber(publisherTtl) / 1000, Date.now() / 1000),
      ...(logId !== undefined && { log_id: logId }),
    };
    return fitState(whole, maxBytes, overflow);
  };
  // What is published between here and the rollover goes along: the state is read when it is sent.
  return Object.defineProperty(capture(), 'toJSON', { value: capture });
}
// #endregion capture

// #region roll-over
/**
 * Ends the run once every handler is done.
 *
 * @throws ApplicationFailure `StateTooLarge`; the stream goes on as before then
 */
export async function rollOver<F extends Workflow>(
  stream: Carried,
  buildArgs: (state: WorkflowStreamState) => Parameters<F>,
  publisherTtl: Duration,
): Promise<never> {
  const { log, polls, overflow, count } = stream;
  polls.drain();
  await condition(allHandlersFinished);
  let kept = 0;
  const capture = (maxBytes: number): WorkflowStreamState => {
    const state = captureState(stream, publisherTtl, maxBytes);
    kept = state.log.length;
    return state;
  };
  let args: Parameters<F>;
  try {
    args = fitInput(capture, buildArgs, overflow);
  } catch (error) {
    polls.resume();
    throw error;
  }
  const left = log.next - log.base - kept;
  if (left > 0) workflowLog.warn(`The oldest ${left} items do not fit into the next run.`);
  count('dropped', left, { reason: 'rollover' });
  return continueAsNew<F>(...args);
}
// #endregion roll-over
