/** The runs of a workflow that has continued as new, as the server remembers them. */
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;
const { EVENT_TYPE_WORKFLOW_TASK_FAILED: TASK_FAILED } = proto.temporal.api.enums.v1.EventType;

/** One run. */
export interface RunSummary {
  runId: string;
  /** Events of its history. */
  events: number;
  /** Bytes of its input: what the run before handed over. */
  carriedBytes: number;
  /** Workflow tasks that had to be done again. */
  repeatedTasks: number;
}

// #region runs-of
/** The runs of a workflow, the first one first; each names the one before it in its first event. */
export async function runsOf(client: Client, workflowId: string): Promise<RunSummary[]> {
  const runs: RunSummary[] = [];
  let runId: string | undefined = (await client.workflow.getHandle(workflowId).describe()).runId;
  while (runId) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const all: HistoryEvent[] = events ?? [];
    const { input, continuedExecutionRunId } =
      all[0]?.workflowExecutionStartedEventAttributes ?? {};
    const payloads = input?.payloads ?? [];
    runs.unshift({
      runId,
      events: all.length,
      carriedBytes: payloads.reduce((sum, { data }) => sum + (data?.length ?? 0), 0),
      repeatedTasks: all.filter((event) => event.eventType === TASK_FAILED).length,
    });
    runId = continuedExecutionRunId || undefined;
  }
  return runs;
}
// #endregion runs-of
