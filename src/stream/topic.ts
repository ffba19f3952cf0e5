import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Payload } from '@temporalio/common';
import type { SubscribeOptions, Subscription } from './read/subscription.js';

// #region topic
/** What a topic needs of the client that it belongs to. */
export interface TopicClient<T> {
  publish(value: unknown, forceFlush: boolean): void;
  subscribe(fromOffset: number, options: SubscribeOptions): Subscription<T>;
}

/** A typed topic of a stream, from outside its workflow; made by `WorkflowStreamClient.topic`. */
export class TopicHandle<T = unknown> {
  /** @internal */
  constructor(
    readonly name: string,
    private readonly client: TopicClient<T>,
    readonly schema?: StandardSchemaV1<T, T>,
  ) {}

  /**
   * Takes a value to be sent with the next batch. A ready-made `Payload` is sent as it is.
   *
   * @param options - `forceFlush: true` sends at once, without waiting for company
   * @throws StreamError `ItemTooLarge`; `Unencodable`, as a `bigint` is; `InvalidValue` when the topic's
   *   schema refuses it; `BufferFull` when more waits to be sent than `maxBuffered`; `PublisherClosed`
   *   after the client was disposed
   */
  publish(value: T | Payload, options?: { forceFlush?: boolean }): void {
    this.client.publish(value, options?.forceFlush ?? false);
  }

  /**
   * Like `WorkflowStreamClient.subscribe` for this topic, with decoded values.
   *
   * @throws StreamError what `WorkflowStreamClient.subscribe` throws; `InvalidValue` when an item is
   *   not what the topic's schema asks for
   */
  subscribe(fromOffset = 0, options: SubscribeOptions = {}): Subscription<T> {
    return this.client.subscribe(fromOffset, options);
  }
}
// #endregion topic
