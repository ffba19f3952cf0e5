/** The runs of a workflow that has continued as new, as the server remembers them. */
import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { Logbook } from './events.js';

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;
const { EVENT_TYPE_WORKFLOW_TASK_FAILED: TASK_FAILED } = proto.temporal.api.enums.v1.EventType;

/** One run. */
export interface RunSummary {
  runId: string;
  /** When each event of its history came, in milliseconds since the epoch. */
  eventTimes: number[];
  /** Bytes of its input: what the run before handed over. */
  carriedBytes: number;
  /** Its input. */
  firstPage: Logbook;
  /** Why workflow tasks had to be done again, one cause each. */
  repeatedTasks: string[];
}

// #region runs-of
/** The runs of a workflow, the first one first; each names the one before it in its first event. */
export async function runsOf(client: Client, workflowId: string): Promise<RunSummary[]> {
  const runs: RunSummary[] = [];
  let runId: string | undefined = (await client.workflow.getHandle(workflowId).describe()).runId;
  while (runId) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const events: HistoryEvent[] = history.events ?? [];
    runs.unshift(summarize(runId, events));
    runId =
      events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  }
  return runs;
}
// #endregion runs-of

function summarize(runId: string, events: HistoryEvent[]): RunSummary {
  const [input] = events[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const failures = events.filter(({ eventType }) => eventType === TASK_FAILED);
  return {
    runId,
    eventTimes: events.map(({ eventTime }) => millisecondsOf(eventTime)),
    carriedBytes: input?.data?.length ?? 0,
    firstPage: input ? defaultPayloadConverter.fromPayload<Logbook>(input) : {},
    repeatedTasks: failures.map(({ workflowTaskFailedEventAttributes }) =>
      causeOf(workflowTaskFailedEventAttributes?.cause ?? 0),
    ),
  };
}

function millisecondsOf(time: HistoryEvent['eventTime']): number {
  return Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1_000_000;
}

/** `WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND` as people write it: `UnhandledCommand`. */
function causeOf(cause: number): string {
  const name = proto.temporal.api.enums.v1.WorkflowTaskFailedCause[cause] ?? '';
  const words = name.replace('WORKFLOW_TASK_FAILED_CAUSE_', '').split('_');
  return words.map((word) => word.charAt(0) + word.slice(1).toLowerCase()).join('');
}
