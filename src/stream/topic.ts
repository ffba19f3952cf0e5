import type { Payload } from '@temporalio/common';
import type { SubscribeOptions, WorkflowStreamClient } from './client.js';
import type { WorkflowStreamItem } from './item.js';

/** A typed topic of a stream, from outside its workflow; made by `WorkflowStreamClient.topic`. */
export class TopicHandle<T = unknown> {
  /** @internal */
  constructor(
    private readonly client: WorkflowStreamClient,
    readonly name: string,
    private readonly append: (value: unknown, forceFlush: boolean) => void,
  ) {}

  /**
   * Takes a value to be sent with the next batch. A ready-made `Payload` is sent as it is.
   *
   * @param options - `forceFlush: true` sends at once, without waiting for company
   * @throws StreamError `ItemTooLarge`; `PublisherClosed` after the client was disposed
   * @throws ValueError when the value cannot be encoded, a `bigint` for example
   */
  publish(value: T | Payload, options?: { forceFlush?: boolean }): void {
    this.append(value, options?.forceFlush ?? false);
  }

  /** Like `WorkflowStreamClient.subscribe` for this topic, with decoded values. */
  subscribe(
    fromOffset = 0,
    options?: SubscribeOptions,
  ): AsyncGenerator<WorkflowStreamItem<T>, void, unknown> {
    return this.client.subscribe<T>(this.name, fromOffset, { ...options, resultType: true });
  }
}
