/** How a run ended, from the event that closed it. */
import proto, { type temporal } from '@temporalio/proto';
import type { EndStatus, Run, RunState } from './follow.js';

// #region closing
/** One event of a run's history. */
export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const { EventType } = proto.temporal.api.enums.v1;

const CLOSING: ReadonlyMap<unknown, EndStatus | undefined> = new Map([
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, 'COMPLETED'],
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED, 'FAILED'],
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT, 'TIMED_OUT'],
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, 'CANCELLED'],
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED, 'TERMINATED'],
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW, undefined],
]);

/** True for an event that ends a run. */
export function isClosing({ eventType }: HistoryEvent): boolean {
  return CLOSING.has(eventType);
}

/**
 * What a closing event says of its run. Only continuing as new hands the stream over: a run that
 * follows by a cron schedule or a retry policy begins one of its own.
 *
 * @param open - makes the run that takes over
 */
export function endOf(closing: HistoryEvent, open: (runId: string) => Run): RunState {
  const next = closing.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  if (next) return { closed: true, successor: open(next) };
  return { closed: true, status: CLOSING.get(closing.eventType) };
}
// #endregion closing
