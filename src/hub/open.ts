/** The door of a hub, which any program may open and close. */
import type { Client, WorkflowHandle } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/common';
import type { hubWorkflow } from './workflow.js';

/** The task queue that the worker of this scenario polls. */
export const HUB_TASK_QUEUE = 'hub';

/** A hub that is or was open. */
export type Hub = WorkflowHandle<typeof hubWorkflow>;

/** Thrown by {@link openHub} for a hub that was open once, and is closed for good. */
export class HubClosedError extends Error {
  override readonly name = 'HubClosedError';
  readonly type = 'HubClosed';

  constructor(id: string, options?: ErrorOptions) {
    super(
      `The hub "${id}" has been closed. What was published can still be read; to publish more, open a hub under another id.`,
      options,
    );
  }
}

/** The hub of that id, which may be open, closed, or not there yet: its workflow's id is `hub-<id>`. */
export function hubOf(client: Client, id: string): Hub {
  return client.workflow.getHandle<typeof hubWorkflow>(`hub-${id}`);
}

// #region open-hub
/**
 * Makes sure that a hub is open, under the workflow id `hub-<id>`. Whoever comes first starts it;
 * for everybody else it is there.
 *
 * @throws HubClosedError when it was closed before
 */
export async function openHub(client: Client, id: string): Promise<Hub> {
  try {
    await client.workflow.signalWithStart<typeof hubWorkflow, []>('hubWorkflow', {
      workflowId: `hub-${id}`,
      taskQueue: HUB_TASK_QUEUE,
      signal: 'open',
      // A second hub of that id would begin at offset 0 again, where readers of the first do not look.
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
    return hubOf(client, id);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw new HubClosedError(id, { cause: error });
  }
}
// #endregion open-hub

// #region close-hub
/**
 * Closes a hub; one that is closed already stays so. What was published before is in its log.
 *
 * @throws WorkflowNotFoundError when there never was such a hub
 */
export async function closeHub(hub: Hub): Promise<void> {
  try {
    await hub.signal('close');
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    // The server says the same of a workflow that has ended and of one that never was.
    await hub.describe();
  }
}
// #endregion close-hub
