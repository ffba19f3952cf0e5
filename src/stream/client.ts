/** The outside of a stream: publish to it and subscribe to it from an activity or any other program. */
import { randomBytes } from 'node:crypto';
import { Context } from '@temporalio/activity';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { Payload, PayloadConverter } from '@temporalio/common';
import { type Duration, msToNumber } from '@temporalio/common/lib/time.js';
import { decodePayloadWire, encodePayloadWire } from './codec.js';
import { StreamError } from './errors.js';
import type { WorkflowStreamItem } from './item.js';
import type { Item } from './log.js';
import { isPayload } from './payload.js';
import { Publisher } from './publisher.js';
import { readStream } from './reading.js';
import { explainTooLarge, isTooLarge } from './size.js';
import { stoppableIterator } from './stop.js';
import { TopicHandle } from './topic.js';
import { isOffset, OFFSET_QUERY, PUBLISH_SIGNAL, type PublishInput } from './wire.js';

export { FlushTimeoutError, StreamError, type StreamErrorType } from './errors.js';
export type { WorkflowStreamItem } from './item.js';
export { TopicHandle } from './topic.js';
export type { PollInput, PollResult, PublishEntry, PublishInput } from './wire.js';

/** How a client publishes. */
export interface WorkflowStreamClientOptions {
  /** Longest time that an item waits to be sent with others. @defaultValue 2 seconds */
  batchInterval?: Duration;
  /** Most items in one batch; a full batch is sent at once. @defaultValue no limit but the bytes */
  maxBatchSize?: number;
  /**
   * How long a batch is tried again before it is given up. Keep it under the 15 minutes for which
   * a host remembers a publisher. @defaultValue 10 minutes
   */
  maxRetryDuration?: Duration;
}

/** How a subscription reads. */
export interface SubscribeOptions {
  /**
   * Shortest time between two polls of a host that knows no read query; without effect on ours.
   * @defaultValue 100 milliseconds
   */
  pollCooldown?: Duration;
  /** Ends the subscription at once, also while it waits. */
  signal?: AbortSignal;
}

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
  private readonly topics = new Map<string, TopicHandle<unknown>>();
  private readonly converter: PayloadConverter;

  /**
   * @param handle - the workflow that hosts the stream
   * @param options - how to publish
   */
  constructor(
    private readonly handle: WorkflowHandle,
    options: WorkflowStreamClientOptions = {},
  ) {
    this.converter = handle.client.options.loadedDataConverter.payloadConverter;
    const send = (batch: PublishInput) => handle.signal<[PublishInput]>(PUBLISH_SIGNAL, batch);
    this.publisher = new Publisher(send, {
      publisherId: randomBytes(8).toString('hex'),
      batchInterval: msToNumber(options.batchInterval ?? '2 seconds'),
      maxBatchSize: options.maxBatchSize ?? Number.POSITIVE_INFINITY,
      maxRetryDuration: msToNumber(options.maxRetryDuration ?? '10 minutes'),
    });
  }

  /** A client for the stream of the workflow with that id. */
  static create(
    client: Client,
    workflowId: string,
    options?: WorkflowStreamClientOptions,
  ): WorkflowStreamClient {
    return new WorkflowStreamClient(client.workflow.getHandle(workflowId), options);
  }

  /**
   * A client for the stream of the workflow that scheduled the activity that is running.
   *
   * @throws Error when called outside an activity, or in one that no workflow scheduled
   */
  static fromWithinActivity(options?: WorkflowStreamClientOptions): WorkflowStreamClient {
    const { client, info } = Context.current();
    if (!info.workflowExecution) {
      throw new Error(
        'This activity was started by no workflow, so there is no stream to publish to. Use WorkflowStreamClient.create(client, workflowId).',
      );
    }
    return WorkflowStreamClient.create(client, info.workflowExecution.workflowId, options);
  }
  // #endregion client

  /** The topic of that name; one handle each. `T` is checked by the compiler only. */
  topic<T = unknown>(name: string): TopicHandle<T> {
    let topic = this.topics.get(name);
    if (!topic) {
      topic = new TopicHandle(this, name, (value, force) => this.publish(name, value, force));
      this.topics.set(name, topic);
    }
    return topic as TopicHandle<T>;
  }

  private publish(topic: string, value: unknown, forceFlush: boolean): void {
    // Encoded here and not when the batch is sent: a value that cannot be encoded throws at the
    // caller, and one that is changed afterwards is published as it was.
    const payload = isPayload(value) ? value : this.converter.toPayload(value);
    const entry = { topic, data: encodePayloadWire(payload) };
    if (isTooLarge(entry)) throw new StreamError('ItemTooLarge', explainTooLarge(topic));
    this.publisher.publish(entry, forceFlush);
  }

  /**
   * Resolves when the server has every item published before the call.
   *
   * @throws FlushTimeoutError when a batch was given up after `maxRetryDuration`
   * @throws Error of the server when it refuses a batch for good
   */
  flush(): Promise<void> {
    return this.publisher.flush();
  }

  /** Sends what is left; throws what {@link flush} throws. Called by `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.publisher.close();
  }

  /** The offset that the next item will get. Also answered after the workflow has closed. */
  getOffset(): Promise<number> {
    return this.handle.query<number>(OFFSET_QUERY);
  }

  // #region subscribe
  /**
   * Yields the items of the given topics from an offset on, and ends when the workflow has ended
   * and everything in its log was yielded. What may pass (a lost connection, no worker) is waited
   * out; anything else throws.
   *
   * @param topics - one topic, several, or none for all
   * @param fromOffset - the first offset wanted; 0 is the start of the stream
   * @param options - `resultType: true` yields decoded values, otherwise raw payloads
   * @throws StreamError `InvalidOffset`; `Undecodable`; `ReadIncomplete` when a host without a read query closed
   *   before everything was read
   */
  subscribe(
    topics?: string | string[],
    fromOffset?: number,
    options?: SubscribeOptions,
  ): AsyncGenerator<WorkflowStreamItem<Payload>, void, unknown>;
  subscribe<T>(
    topics: string | string[] | undefined,
    fromOffset: number,
    options: SubscribeOptions & { resultType: true },
  ): AsyncGenerator<WorkflowStreamItem<T>, void, unknown>;
  subscribe(
    topics: string | string[] = [],
    fromOffset = 0,
    options: SubscribeOptions & { resultType?: boolean } = {},
  ): AsyncGenerator<WorkflowStreamItem<unknown>, void, unknown> {
    if (!isOffset(fromOffset)) {
      const message = `A subscription starts at a whole number of 0 or more, not at ${fromOffset}.`;
      throw new StreamError('InvalidOffset', message);
    }
    const reading = {
      handle: this.handle,
      topics: typeof topics === 'string' ? [topics] : topics,
      from: fromOffset,
      cooldown: msToNumber(options.pollCooldown ?? '100 milliseconds'),
    };
    const decode = (item: Item): unknown => this.decode(item, options.resultType ?? false);
    return stoppableIterator(async function* (signal) {
      for await (const item of readStream({ ...reading, signal })) {
        yield { topic: item.topic, data: decode(item), offset: item.offset };
      }
    }, options.signal);
  }
  // #endregion subscribe

  private decode({ topic, data, offset }: Item, toValue: boolean): unknown {
    try {
      const payload = decodePayloadWire(data);
      return toValue ? this.converter.fromPayload(payload) : payload;
    } catch (cause) {
      throw new StreamError(
        'Undecodable',
        `The item at offset ${offset} on "${topic}" cannot be decoded. Subscribe from ${offset + 1} to go on without it.`,
        { cause },
      );
    }
  }
}
