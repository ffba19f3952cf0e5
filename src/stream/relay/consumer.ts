/** What a consumer of a relay holds: an async iterator that leaves at once, also while it waits. */
import type { PayloadConverter } from '@temporalio/common';
import { StreamError } from '../errors.js';
import type { WorkflowStreamItem } from '../item.js';
import type { Gap } from '../read/cursor.js';
import type { EndStatus } from '../read/follow.js';
import { gapError } from '../read/refusals.js';
import type { Subscription } from '../read/subscription.js';
import { dataOf, type RelayItem } from './item.js';
import type { Member } from './lane.js';
import type { Next } from './plan.js';
import type { Slow } from './position.js';

/** What a consumer has to do with the relay that feeds it. */
export interface Feed {
  /** Gives what comes next for a consumer; undefined when that has yet to be read. */
  take(consumer: Consumer): Next<RelayItem, EndStatus> | undefined;
  /** Is told that a consumer takes nothing more. */
  leave(consumer: Consumer): void;
}

/** What a consumer wants. */
export interface ConsumerSettings {
  from: number;
  topics: readonly string[];
  slow: Slow;
  gap: 'skip' | 'error';
  onGap: ((gap: Gap) => void) | undefined;
  /** Decodes payloads; without, they are handed on as they are. */
  converter: PayloadConverter | undefined;
  signal: AbortSignal | undefined;
}

type Item = WorkflowStreamItem<unknown>;
type Result = IteratorResult<Item, void>;

/** A call of `next()` that has yet to be answered. */
interface Request {
  resolve(result: Result): void;
  reject(error: unknown): void;
}

const DONE: Result = { done: true, value: undefined };

/** One consumer. */
export class Consumer implements Member, Subscription<unknown> {
  cursor: number;
  isFixed: boolean;
  readonly topics: ReadonlySet<string> | undefined;
  readonly slow: Slow;
  status: EndStatus | undefined;
  private readonly requests: Request[] = [];
  private isOver = false;
  /** Why it is over, until that is thrown. */
  private failure: { error: unknown } | undefined;
  private isAnswering = false;

  constructor(
    private readonly settings: ConsumerSettings,
    private readonly feed: Feed,
  ) {
    const { from, topics, slow, signal } = settings;
    this.cursor = from;
    this.isFixed = from > 0;
    this.topics = topics.length > 0 ? new Set(topics) : undefined;
    this.slow = slow;
    if (signal?.aborted) this.isOver = true;
    else signal?.addEventListener('abort', this.stop);
  }

  get isAsking(): boolean {
    return this.requests.length > 0;
  }

  next(): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.requests.push({ resolve, reject });
      this.answer();
    });
  }

  async return(): Promise<Result> {
    this.stop();
    return DONE;
  }

  async throw(error: unknown): Promise<Result> {
    this.stop();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop();
  }

  /** Answers what was asked for, as far as there is something to answer. */
  answer(): void {
    // A consumer's own `onGap` may come back to it; what it asks for then is answered below.
    if (this.isAnswering || !this.isAsking) return;
    this.isAnswering = true;
    try {
      while (!this.isOver && this.requests.length > 0) {
        const next = this.feed.take(this);
        if (!next) return;
        this.receive(next);
      }
    } catch (error) {
      this.fail(error);
    } finally {
      this.isAnswering = false;
      if (this.isOver) this.dismiss();
    }
  }

  /** Ends it with an error, which is thrown to who asks first. */
  fail(error: unknown): void {
    if (this.isOver) return;
    this.failure = { error };
    this.stop();
  }

  private receive(next: Next<RelayItem, EndStatus>): void {
    if (next.kind === 'item') {
      const { item } = next;
      const data = dataOf(item, this.settings.converter);
      const value = { topic: item.topic, data, offset: item.offset };
      this.requests.shift()?.resolve({ done: false, value });
    } else if (next.kind === 'gap') {
      this.settings.onGap?.(next.gap);
      if (next.isTruncation && this.settings.gap === 'error') throw gapError(next.gap);
    } else if (next.kind === 'tooSlow') {
      throw tooSlow(next.from);
    } else if ('error' in next.outcome) {
      throw next.outcome.error;
    } else {
      this.status = next.outcome.status;
      this.stop();
    }
  }

  private readonly stop = (): void => {
    if (!this.isOver) {
      this.isOver = true;
      this.settings.signal?.removeEventListener('abort', this.stop);
      this.feed.leave(this);
    }
    this.dismiss();
  };

  /** Answers everybody who asks of a consumer that is over. */
  private dismiss(): void {
    const { failure } = this;
    const [first, ...others] = this.requests.splice(0);
    if (!first) return;
    this.failure = undefined;
    if (failure) first.reject(failure.error);
    else first.resolve(DONE);
    for (const { resolve } of others) resolve(DONE);
  }
}

/** Why a consumer that may be dropped is. */
export function tooSlow(from: number): StreamError {
  return new StreamError(
    'TooSlow',
    `This consumer was slower than the stream, and the relay could not keep offset ${from} for it any longer. ` +
      `Subscribe from ${from} to go on.`,
  );
}
