import type { WorkflowHandle, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { PUBLISH_SIGNAL, type PublishInput } from 'streambook/wire';

/** What a workflow has received, as its history tells. */
export interface Received {
  /** How many runs it took, one after the other. */
  runs: number;
  /** Publish signals that it had before: what its deduplication is for. */
  repeated: number;
}

/** Counts over all runs of a workflow. */
export async function countReceived(
  handle: WorkflowHandleWithFirstExecutionRunId,
): Promise<Received> {
  const seen = new Set<string>();
  let batches = 0;
  let runs = 0;
  let runId: string | null | undefined = handle.firstExecutionRunId;
  for (; runId; runs++) {
    const run: WorkflowHandle = handle.client.getHandle(handle.workflowId, runId);
    const { events } = await run.fetchHistory();
    for (const { workflowExecutionSignaledEventAttributes: signal } of events ?? []) {
      const [payload] = signal?.input?.payloads ?? [];
      if (signal?.signalName !== PUBLISH_SIGNAL || !payload) continue;
      const batch = defaultPayloadConverter.fromPayload<PublishInput>(payload);
      seen.add(`${batch.publisher_id} ${batch.sequence}`);
      batches++;
    }
    runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return { runs, repeated: batches - seen.size };
}
