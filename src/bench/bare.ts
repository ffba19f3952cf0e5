/** Clients of the bare workflow: what a reader costs that has nothing but Temporal's primitives. */
import proto from '@temporalio/proto';
import type { End, EndOptions } from './ends.js';
import { APPEND_SIGNAL, LENGTH_QUERY, POLL_UPDATE, READ_QUERY } from './hosts/names.js';

const { EventType } = proto.temporal.api.enums.v1;

/** Opens the client's end of a bare workflow. Every value is a signal of its own. */
export function openBareEnd(side: 'bare-query' | 'bare-update', options: EndOptions): End {
  const handle = options.client.workflow.getHandle(options.workflowId);
  let sending: Promise<void> = Promise.resolve();
  return {
    publish(value) {
      // One after the other, as every publisher of a stream sends: the order of values is kept.
      sending = sending.then(() => handle.signal<[unknown[]]>(APPEND_SIGNAL, [value]));
      // Whoever flushes is told.
      sending.catch(() => {});
    },
    flush: () => sending,
    read: (from) => (side === 'bare-query' ? byQuery(options, from) : byUpdate(options, from)),
    length: () => handle.query<number>(LENGTH_QUERY),
    close: async () => {},
  };
}

async function* byUpdate({ client, workflowId }: EndOptions, from: number): AsyncGenerator {
  const handle = client.workflow.getHandle(workflowId);
  for (let next = from; ; ) {
    const values = await handle.executeUpdate<unknown[], [number]>(POLL_UPDATE, { args: [next] });
    yield* values;
    next += values.length;
  }
}

async function* byQuery({ client, workflowId }: EndOptions, from: number): AsyncGenerator {
  const handle = client.workflow.getHandle(workflowId);
  let nextPageToken: Uint8Array | undefined;
  let next = from;
  do {
    const page = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId },
      waitNewEvent: true,
      nextPageToken,
    });
    nextPageToken = page.nextPageToken;
    const events = page.history?.events ?? [];
    // Only a task can have appended.
    const done = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
    if (!events.some(({ eventType }) => eventType === done)) continue;
    const values = await handle.query<unknown[], [number]>(READ_QUERY, next);
    yield* values;
    next += values.length;
    // The server gives no token after the end of a run.
  } while (nextPageToken?.length);
}
