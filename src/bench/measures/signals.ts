import type { Client, WorkflowHandle } from '@temporalio/client';

/** Bytes of history to ask for at once: a quarter of what a gRPC client accepts, since events differ in size. */
const PAGE_BYTES = 1024 * 1024;

/**
 * Counts the signals after an event of a run's history and up to another one.
 *
 * @param after - number of the event before the first that counts
 * @param upTo - number of the last event that counts
 */
export async function signalsBetween(
  { workflowService, options: { namespace } }: Client,
  workflow: WorkflowHandle,
  after: number,
  upTo: number,
): Promise<number> {
  const { workflowId } = workflow;
  const { historyLength, historySize = 0 } = await workflow.describe();
  const eventBytes = Math.max(historySize, 1) / historyLength;
  const maximumPageSize = Math.max(Math.floor(PAGE_BYTES / eventBytes), 1);
  let signals = 0;
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await workflowService.getWorkflowExecutionHistory({
      namespace,
      execution: { workflowId },
      maximumPageSize,
      nextPageToken,
    });
    for (const event of page.history?.events ?? []) {
      const id = Number(event.eventId);
      const counts = id > after && id <= upTo;
      if (counts && event.workflowExecutionSignaledEventAttributes) signals++;
    }
    nextPageToken = page.nextPageToken;
  } while (nextPageToken?.length);
  return signals;
}
