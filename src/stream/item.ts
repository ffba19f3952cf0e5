import type { Payload } from '@temporalio/common';

/**
 * An item as a subscriber receives it.
 *
 * `T` is the type of the decoded value, or `Payload` for a raw subscription.
 */
export interface WorkflowStreamItem<T = Payload> {
  topic: string;
  data: T;
  /** Its place in the whole stream, over all topics. To resume after this item, ask for `offset + 1`. */
  offset: number;
}
