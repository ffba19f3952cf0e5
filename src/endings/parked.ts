import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;

/**
 * Resolves when a workflow has accepted so many updates: when no other is answered at once, the last
 * of them is the poll in which a reader waits.
 */
export async function untilPollWaits(run: WorkflowHandle, updates: number): Promise<void> {
  const { client, workflowId } = run;
  let accepted = 0;
  for (let nextPageToken: Uint8Array | undefined; accepted < updates; ) {
    const page = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId },
      waitNewEvent: true,
      nextPageToken,
    });
    for (const { eventType } of page.history?.events ?? []) {
      if (eventType === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED) accepted++;
    }
    nextPageToken = page.nextPageToken;
    if (!nextPageToken?.length && accepted < updates) {
      throw new Error(`Workflow "${workflowId}" ended before a reader waited in it.`);
    }
  }
}
