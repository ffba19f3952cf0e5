import type { Client, WorkflowHandle } from '@temporalio/client';
import type { ShipmentInput } from './events.js';
import { shipmentInput } from './options.js';
import type { parcel, shipment } from './workflow.js';

/** The task queue that the worker of this scenario polls. */
export const ENDINGS_TASK_QUEUE = 'endings';

/** Whose package hosts a stream and reads it. */
export type Side = 'official' | 'ours';

const WORKFLOWS = { official: 'officialShipment', ours: 'shipment' } as const;

// #region start-shipment
/**
 * Starts a shipment under the workflow id `shipment-<id>`.
 *
 * @param side - whose package hosts its stream
 * @throws RangeError for a number that is not a whole one in its range
 * @throws WorkflowExecutionAlreadyStartedError when that shipment is running
 */
export async function startShipment(
  client: Client,
  id: string,
  side: Side,
  input: ShipmentInput,
): Promise<WorkflowHandle<typeof shipment>> {
  return client.workflow.start<typeof shipment>(WORKFLOWS[side], {
    workflowId: `shipment-${id}`,
    taskQueue: ENDINGS_TASK_QUEUE,
    args: [shipmentInput(input)],
  });
}
// #endregion start-shipment

/**
 * Starts a parcel under the workflow id `parcel-<id>`.
 *
 * @param timeoutMs - how long it may be under way, in milliseconds
 * @throws WorkflowExecutionAlreadyStartedError when that parcel is under way
 */
export async function startParcel(
  client: Client,
  id: string,
  timeoutMs?: number,
): Promise<WorkflowHandle<typeof parcel>> {
  return client.workflow.start<typeof parcel>('parcel', {
    workflowId: `parcel-${id}`,
    taskQueue: ENDINGS_TASK_QUEUE,
    ...(timeoutMs !== undefined && { workflowExecutionTimeout: timeoutMs }),
  });
}
