/** The outside of a stream: publish to it and subscribe to it from an activity or any other program. */
import { Context } from '@temporalio/activity';
import type { Client, WorkflowHandle } from '@temporalio/client';
import {
  defaultPayloadConverter,
  noopMetricMeter,
  type Payload,
  type PayloadConverter,
} from '@temporalio/common';
import { encodeEntry } from './entry.js';
import { type Count, countersOf } from './metrics.js';
import { activityCheckpoint, type PublisherCheckpoint } from './publish/identity.js';
import { publisherSettings, type WorkflowStreamClientOptions } from './publish/options.js';
import { Publisher } from './publish/publisher.js';
import {
  type Reading,
  type SubscribeOptions,
  type Subscription,
  subscribe,
} from './read/subscription.js';
import { type TopicOptions, Topics } from './schema.js';
import { type TopicClient, TopicHandle } from './topic.js';
import { OFFSET_QUERY, PUBLISH_SIGNAL, type PublishInput } from './wire.js';

export { FlushTimeoutError, StreamError, type StreamErrorType } from './errors.js';
export type { WorkflowStreamItem } from './item.js';
export type { PublisherCheckpoint } from './publish/identity.js';
export type { WorkflowStreamClientOptions } from './publish/options.js';
export type { Gap } from './read/cursor.js';
export type { EndStatus } from './read/follow.js';
export type { SubscribeOptions, Subscription } from './read/subscription.js';
// #region since-8
export { type RelayOptions, type RelaySubscribeOptions, StreamRelay } from './relay/relay.js';
// #endregion since-8
export type { TopicOptions } from './schema.js';
export { TopicHandle } from './topic.js';
export type { PollInput, PollResult, PublishEntry, PublishInput } from './wire.js';

// #region client
/**
 * Publishes to the stream of one workflow and subscribes to it.
 *
 * @example
 * await using stream = WorkflowStreamClient.fromWithinActivity();
 * stream.topic<Progress>('progress').publish({ message: 'half way' });
 */
export class WorkflowStreamClient implements AsyncDisposable {
  private readonly publisher: Publisher;
  private readonly topics = new Topics<TopicHandle<unknown>>();
  /** @internal */
  readonly converter: PayloadConverter;
  private readonly count: Count;

  /**
   * @param handle - the workflow that hosts the stream
   * @param options - how to publish
   */
  constructor(
    private readonly handle: WorkflowHandle,
    options: WorkflowStreamClientOptions = {},
  ) {
    const { loadedDataConverter } = handle.client?.options ?? {};
    this.converter =
      options.payloadConverter ?? loadedDataConverter?.payloadConverter ?? defaultPayloadConverter;
    this.count = countersOf(options.metricMeter ?? noopMetricMeter);
    const send = (batch: PublishInput) => handle.signal<[PublishInput]>(PUBLISH_SIGNAL, batch);
    this.publisher = new Publisher(send, publisherSettings(options, this.count));
  }

  /** A client for the stream of the workflow with that id. */
  static create(
    client: Client,
    workflowId: string,
    options?: WorkflowStreamClientOptions,
  ): WorkflowStreamClient {
    return new WorkflowStreamClient(client.workflow.getHandle(workflowId), options);
  }

  // #endregion client

  // #region within-activity
  /**
   * A client for the stream of the workflow that scheduled the activity that is running.
   *
   * @param options - `resume: true` makes all attempts of the activity one publisher: see
   *   {@link WorkflowStreamClient.checkpoint}. Without it, what an attempt publishes again is there twice
   * @throws Error when called outside an activity, or in one that no workflow scheduled
   */
  static fromWithinActivity({
    resume = false,
    ...options
  }: WorkflowStreamClientOptions & { resume?: boolean } = {}): WorkflowStreamClient {
    const { client, info, metricMeter } = Context.current();
    if (!info.workflowExecution) {
      throw new Error(
        'This activity was started by no workflow, so there is no stream to publish to. Use WorkflowStreamClient.create(client, workflowId).',
      );
    }
    return WorkflowStreamClient.create(client, info.workflowExecution.workflowId, {
      metricMeter,
      ...(resume && { checkpoint: activityCheckpoint(info) }),
      ...options,
    });
  }
  // #endregion within-activity

  // #region topic
  /**
   * The topic of that name; one handle each. Without a schema, `T` is checked by the compiler only.
   *
   * @throws TypeError when the topic was made with another schema before
   */
  topic<T = unknown>(name: string, { schema }: TopicOptions<T> = {}): TopicHandle<T> {
    const publish = (value: unknown, forceFlush: boolean): void => {
      const entry = encodeEntry(name, value, this.converter, schema);
      this.publisher.publish(entry, forceFlush);
    };
    const read = (from: number, options: SubscribeOptions) =>
      this.open([name], from, { ...options, converter: this.converter, schema });
    const topic = { publish, subscribe: read as TopicClient<T>['subscribe'] };
    const make = () => new TopicHandle<T>(name, topic, schema);
    return this.topics.get(name, schema, make) as TopicHandle<T>;
  }

  /** Resolves when publishing more would not pile up more than `highWaterMark` bytes. */
  get ready(): Promise<void> {
    return this.publisher.ready();
  }

  // #endregion topic

  // #region since-5
  // #region checkpoint
  /**
   * How far this publisher has got, for a later client to go on as the same one; an activity hands it
   * on by `Context.current().heartbeat(stream.checkpoint)`. Undefined unless this client was itself
   * made with a checkpoint or with `resume`, since the others do not number their items.
   */
  get checkpoint(): PublisherCheckpoint | undefined {
    return this.publisher.checkpoint;
  }
  // #endregion checkpoint
  // #endregion since-5

  // #region flush
  /**
   * Resolves when the server has every item published before the call.
   *
   * @throws FlushTimeoutError when a batch was given up: after `maxRetryDuration`, or at once when the
   *   server refuses it for good
   */
  flush(): Promise<void> {
    return this.publisher.flush();
  }

  /** Sends what is left; throws what {@link flush} throws. Called by `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.publisher.close();
  }
  // #endregion flush

  // #region offset
  /** The offset that the next item will get. Also answered after the workflow has closed. */
  getOffset(): Promise<number> {
    return this.handle.query<number>(OFFSET_QUERY);
  }
  // #endregion offset

  // #region subscribe
  /**
   * Yields the items of the given topics from an offset on, and ends when the workflow has ended
   * and everything in its log was yielded. What may pass (a lost connection, no worker) is waited
   * out; anything else throws. A workflow that continues as new is followed.
   *
   * @param topics - one topic, several, or none for all
   * @param fromOffset - the first offset wanted; 0 is the start of what the log still holds
   * @param options - `resultType: true` yields decoded values, otherwise raw payloads
   * @throws StreamError `InvalidOffset`; `Undecodable`; `Gap` when `gap` is 'error'; `StreamReset`;
   *   `ReadIncomplete` when a host without a read query closed before everything was read
   */
  subscribe(
    topics?: string | string[],
    fromOffset?: number,
    options?: SubscribeOptions,
  ): Subscription<Payload>;
  subscribe<T>(
    topics: string | string[] | undefined,
    fromOffset: number,
    options: SubscribeOptions & { resultType: true },
  ): Subscription<T>;
  subscribe(
    topics: string | string[] = [],
    fromOffset = 0,
    { resultType = false, ...options }: SubscribeOptions & { resultType?: boolean } = {},
  ): Subscription<unknown> {
    const converter = resultType ? this.converter : undefined;
    return this.open([topics].flat(), fromOffset, { ...options, converter });
  }
  // #endregion subscribe

  // #region open
  private open(topics: string[], from: number, reading: Reading): Subscription<unknown> {
    return subscribe({ ...reading, handle: this.handle, topics, from, count: this.count });
  }
  // #endregion open
}
