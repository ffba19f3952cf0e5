import type { WorkflowStreamItem } from 'streambook/client';
import type { Progress, Status } from './events.js';

/** An item of either topic of an order's stream. */
export type OrderEvent = WorkflowStreamItem<Status | Progress>;

/** One line for a terminal: offset, topic and what was said. */
export function describeEvent({ topic, data, offset }: OrderEvent): string {
  const text = 'kind' in data ? data.kind : data.message;
  return `${String(offset).padStart(2)}  ${topic.padEnd(8)}  ${text}`;
}
