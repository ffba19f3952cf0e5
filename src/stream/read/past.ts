/** What is known of a run before its history is read: how long that is, and how the run ended. */
import type {
  WorkflowClient,
  WorkflowExecutionStatusName,
  WorkflowHandle,
} from '@temporalio/client';
import proto from '@temporalio/proto';
import { isTransient, persist } from '../retry.js';
import { type HistoryEvent, isClosing } from './closing.js';
import { callUntilAborted } from './stop.js';

const { HistoryEventFilterType } = proto.temporal.api.enums.v1;

/** A run as the server describes it. */
export interface Past {
  runId: string;
  /** How long its history was, in events. */
  events: number;
  status: WorkflowExecutionStatusName;
  /** The first run of the chain in which it is. Told by servers from 1.27 on, as is the next. */
  firstRunId?: string;
  /** The run that took over, when the workflow was reset to a point of this run. */
  resetRunId?: string;
}

/** True for a run to which nothing can be added. */
export function isClosed({ status }: Past): boolean {
  return status !== 'RUNNING' && status !== 'PAUSED';
}

/** Asks for the run that a handle means now. */
export async function describeRun(handle: WorkflowHandle, signal: AbortSignal): Promise<Past> {
  const { connection } = handle.client;
  const describe = () => callUntilAborted(connection, signal, () => handle.describe());
  const told = await persist(describe, isTransient, signal);
  return {
    runId: told.runId,
    events: told.historyLength,
    status: told.status.name,
    firstRunId: told.raw?.workflowExecutionInfo?.firstRunId || undefined,
    resetRunId: told.raw?.workflowExtendedInfo?.resetRunId || undefined,
  };
}

/** Which run of which workflow, and until when to ask. */
interface RunAddress {
  client: WorkflowClient;
  workflowId: string;
  runId: string;
  signal: AbortSignal;
}

/** Waits until a run is closed, and returns the event that closed it: one call, however long its history. */
export async function closingOf({
  client,
  workflowId,
  runId,
  signal,
}: RunAddress): Promise<HistoryEvent> {
  for (let nextPageToken: Uint8Array | undefined; ; ) {
    const poll = () =>
      client.workflowService.getWorkflowExecutionHistory({
        namespace: client.options.namespace,
        execution: { workflowId, runId },
        historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
        waitNewEvent: true,
        nextPageToken,
      });
    const page = await persist(
      () => callUntilAborted(client.connection, signal, poll),
      isTransient,
      signal,
    );
    const closing = page.history?.events?.find(isClosing);
    if (closing) return closing;
    nextPageToken = page.nextPageToken;
  }
}
