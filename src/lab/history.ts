import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;

/** What Temporal keeps of one run of a workflow. */
export interface HistorySummary {
  /** How many events there are. */
  events: number;
  /** What they take in the server's store, in bytes. */
  bytes: number;
  /** How many there are of each kind, in the order in which the kinds first appear. */
  kinds: Record<string, number>;
}

/** Counts the events of a run's history. */
export async function summarizeHistory(handle: WorkflowHandle): Promise<HistorySummary> {
  const { events } = await handle.fetchHistory();
  const kinds: Record<string, number> = {};
  for (const { eventType } of events ?? []) {
    const kind = kindOf(eventType ?? 0);
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  const { historyLength, historySize } = await handle.describe();
  return { events: historyLength, bytes: historySize ?? 0, kinds };
}

/** `EVENT_TYPE_WORKFLOW_TASK_COMPLETED` as people write it: `WorkflowTaskCompleted`. */
function kindOf(eventType: number): string {
  const words = (EventType[eventType] ?? 'UNKNOWN').replace('EVENT_TYPE_', '').split('_');
  return words.map((word) => word.charAt(0) + word.slice(1).toLowerCase()).join('');
}
