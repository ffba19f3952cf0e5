// #region since-8
/** One subscription for any number of local consumers. */
import type { Payload } from '@temporalio/common';
import type { WorkflowStreamClient } from '../client.js';
import { checkStart } from '../read/refusals.js';
import type { SubscribeOptions, Subscription } from '../read/subscription.js';
import { Consumer } from './consumer.js';
import type { Slow } from './position.js';
import { Session } from './session.js';

/** How a relay reads, and how much of what it has read it keeps. */
export interface RelayOptions extends Omit<SubscribeOptions, 'signal' | 'gap' | 'onGap'> {
  /**
   * Most bytes of encoded items that it holds, for those who come later or are slow; as much again
   * while consumers read what it does not hold any more. An item that is larger is held alone.
   * @defaultValue 8 MiB
   */
  maxBytes?: number;
  /** Most items that it holds, counted in the same way. @defaultValue 10,000 */
  maxItems?: number;
}

/** How one consumer reads. */
export interface RelaySubscribeOptions extends Pick<SubscribeOptions, 'signal' | 'gap' | 'onGap'> {
  /**
   * What to do when the relay is full of items that this consumer has not taken yet, be it that the
   * stream brings them as fast, or that there are so many from long ago.
   *
   * - `wait`: read no further. Nothing is lost, and every other consumer waits too.
   * - `skip`: give up the oldest. The consumer is told by `onGap` and goes on with what is left.
   * - `drop`: give up the consumer. It ends with a StreamError `TooSlow` that tells where to go on.
   *
   * @defaultValue 'wait'
   */
  slow?: Slow;
}

const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;
const DEFAULT_MAX_ITEMS = 10_000;

/**
 * Reads a stream once for any number of consumers in this process, each with an offset and topics of
 * its own. However many there are, they cost the server as much as one.
 *
 * The one subscription begins with the first consumer, is aborted when the last one has left, and begins
 * anew with the next. Who wants items that the relay does not hold any more gets them by a second
 * one, which consumers who come at about the same time share, and which ends where the first began.
 *
 * @example
 * const relay = new StreamRelay(WorkflowStreamClient.create(client, workflowId));
 * for await (const item of relay.subscribe('progress', 0, { resultType: true, slow: 'skip' })) …
 */
export class StreamRelay {
  private readonly there = new Set<Consumer>();
  private session: Session | undefined;
  private readonly limits: { maxBytes: number; maxItems: number };
  private readonly reading: SubscribeOptions;

  /**
   * @param stream - the stream to read
   * @param options - how much to hold in memory
   * @throws RangeError when that is nothing
   */
  constructor(
    private readonly stream: WorkflowStreamClient,
    options: RelayOptions = {},
  ) {
    const { maxBytes = DEFAULT_MAX_BYTES, maxItems = DEFAULT_MAX_ITEMS, ...reading } = options;
    if (!(maxBytes >= 1 && maxItems >= 1)) {
      throw new RangeError(
        `A relay holds at least one item and one byte, not ${maxItems} and ${maxBytes}.`,
      );
    }
    this.limits = { maxBytes, maxItems };
    this.reading = reading;
  }

  /** How many consumers there are: those who have subscribed and neither left nor come to an end. */
  get consumers(): number {
    return this.there.size;
  }

  /**
   * Yields the items of the given topics from an offset on, as `WorkflowStreamClient.subscribe` does.
   * The consumer has its place from this call on, so iterate it or `return()` it. What it yields is
   * shared with other consumers: do not change it.
   *
   * @param topics - one topic, several, or none for all
   * @param fromOffset - the first offset wanted; 0 is the start of what the log still holds
   * @param options - `resultType: true` yields values, decoded once for all, otherwise raw payloads
   * @throws StreamError `InvalidOffset`; `TooSlow` when `slow` is 'drop'; `Gap` when `gap` is 'error';
   *   `Undecodable`; and what ends the subscription of the relay
   */
  subscribe(
    topics?: string | string[],
    fromOffset?: number,
    options?: RelaySubscribeOptions,
  ): Subscription<Payload>;
  subscribe<T>(
    topics: string | string[] | undefined,
    fromOffset: number,
    options: RelaySubscribeOptions & { resultType: true },
  ): Subscription<T>;
  subscribe(
    topics: string | string[] = [],
    fromOffset = 0,
    options: RelaySubscribeOptions & { resultType?: boolean } = {},
  ): Subscription<unknown> {
    checkStart(fromOffset);
    const { slow = 'wait', gap = 'skip', onGap, signal, resultType = false } = options;
    const converter = resultType ? this.stream.converter : undefined;
    const topicList = [topics].flat();
    const settings = { from: fromOffset, topics: topicList, slow, gap, onGap, converter, signal };
    const session = this.session ?? this.begin();
    const consumer = new Consumer(settings, {
      take: (who) => session.take(who),
      leave: (who) => {
        this.there.delete(who);
        session.leave(who);
      },
    });
    if (signal?.aborted) return consumer;
    this.there.add(consumer);
    session.join(consumer);
    return consumer;
  }

  private begin(): Session {
    const { stream, limits, reading } = this;
    const session = new Session({
      ...limits,
      open: (from, options) => stream.subscribe([], from, { ...reading, ...options }),
      getOffset: async () => stream.getOffset(),
      onClosed: () => {
        if (this.session === session) this.session = undefined;
      },
    });
    this.session = session;
    return session;
  }
}
// #endregion since-8
