/** A workflow that has closed, as far as a reader of its stream asks the server about it. */
import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { Log } from '../../src/stream/log.js';
import type { ReadInput, ReadResult } from '../../src/stream/wire.js';

const { EventType } = proto.temporal.api.enums.v1;

/**
 * The handle of a workflow whose whole history is one task and its completion.
 *
 * @param log - what it has published
 */
export function closedWorkflow(log: Log): WorkflowHandle {
  const query = async (_name: string, input: ReadInput): Promise<ReadResult> => {
    const { items, next, more } = log.read({ from: input.from_offset, topics: input.topics });
    const page = { items, next_offset: next, more_ready: more };
    return { ...page, base_offset: log.base, end_offset: log.next, log_id: 'run' };
  };
  const events = [
    { eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED },
    { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED },
  ];
  const client = {
    options: { namespace: 'default' },
    connection: {
      withAbortSignal: (_: AbortSignal, call: () => unknown) => call(),
      withDeadline: (_: number, call: () => unknown) => call(),
    },
    workflowService: { getWorkflowExecutionHistory: async () => ({ history: { events } }) },
    getHandle: () => ({ query, client, describe }),
  };
  const describe = async () => ({
    runId: 'run',
    status: { name: 'COMPLETED' },
    historyLength: events.length,
    historySize: 100,
  });
  return { workflowId: 'w', client, describe } as unknown as WorkflowHandle;
}
