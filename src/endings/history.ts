import type { WorkflowHandle } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const { EventType } = proto.temporal.api.enums.v1;

/**
 * Resolves when a workflow has accepted so many updates: when no other is answered at once, the last
 * of them is the poll in which a reader waits.
 */
export async function untilPollWaits(run: WorkflowHandle, updates: number): Promise<void> {
  await eventOf(run, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED, updates);
}

/** Resolves when a workflow has completed so many workflow tasks, with the event that says so. */
export function completionOf(run: WorkflowHandle, task: number): Promise<HistoryEvent> {
  return eventOf(run, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, task);
}

/** Waits for the n-th event of a kind in a workflow's history. */
async function eventOf(run: WorkflowHandle, kind: number, n: number): Promise<HistoryEvent> {
  const { client, workflowId } = run;
  let count = 0;
  for (let nextPageToken: Uint8Array | undefined; ; ) {
    const page = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId },
      waitNewEvent: true,
      nextPageToken,
    });
    for (const event of page.history?.events ?? []) {
      if (event.eventType === kind && ++count === n) return event;
    }
    nextPageToken = page.nextPageToken;
    if (!nextPageToken?.length) {
      throw new Error(`Workflow "${workflowId}" ended after ${count} of ${n} ${EventType[kind]}.`);
    }
  }
}
