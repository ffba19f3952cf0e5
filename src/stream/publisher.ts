/** The sending half of a client: collects items into batches and gets every batch there once. */

import { FlushTimeoutError, StreamError } from './errors.js';
import { type Entry, jsonBytes } from './log.js';
import { backoff, isTransient } from './retry.js';
import { MAX_PAGE_BYTES, type PublishInput } from './wire.js';

/** How a publisher batches and retries; all durations in milliseconds. */
export interface PublisherSettings {
  /** How the host recognises this publisher's repeated batches. */
  publisherId: string;
  /** Longest time that an item waits for company before it is sent. */
  batchInterval: number;
  /** Most items in one batch; a full batch is sent at once. */
  maxBatchSize: number;
  /** How long a batch is tried again before it is given up. */
  maxRetryDuration: number;
}

/** Sends one batch; resolves once the server has it. */
export type SendBatch = (batch: PublishInput) => Promise<unknown>;

// #region publisher
/**
 * Collects entries and sends them in batches, one batch at a time, in order. A batch that fails for
 * a passing reason is sent again with the same sequence number, so the host appends it once even
 * when only the answer was lost.
 */
export class Publisher {
  private readonly buffer: Entry[] = [];
  private sequence = 0;
  private accepted = 0;
  private settled = 0;
  private sending: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private failure: unknown;
  private closed = false;

  constructor(
    private readonly send: SendBatch,
    private readonly settings: PublisherSettings,
  ) {}

  /**
   * Takes an entry; it is sent within the batch interval, or at once when forced or a batch is full.
   *
   * @throws StreamError `PublisherClosed` after {@link close}
   */
  publish(entry: Entry, forceFlush: boolean): void {
    if (this.closed) {
      throw new StreamError(
        'PublisherClosed',
        'This client was disposed, so nothing would send the item. Publish inside the scope of `await using`.',
      );
    }
    this.buffer.push(entry);
    this.accepted++;
    if (forceFlush || this.buffer.length >= this.settings.maxBatchSize) this.flushInBackground();
    else this.timer ??= setTimeout(() => this.flushInBackground(), this.settings.batchInterval);
  }

  /**
   * Resolves when the server has every item published before the call.
   *
   * @throws FlushTimeoutError when a batch was given up after `maxRetryDuration`
   * @throws Error of the server when it refuses a batch for good: no such workflow, no permission
   */
  async flush(): Promise<void> {
    const target = this.accepted;
    while (this.settled < target) await this.sendNext();
    this.throwFailure();
  }

  /** Sends what is left and takes no more; throws what {@link flush} throws. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.flush();
  }
  // #endregion publisher

  private flushInBackground(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const target = this.accepted;
    const drain = async (): Promise<void> => {
      while (this.settled < target) await this.sendNext();
    };
    void drain();
  }

  /** One batch at a time; a failure is kept for the next `flush()`, which nobody may be awaiting. */
  private sendNext(): Promise<void> {
    this.sending ??= this.sendBatch()
      .catch((error: unknown) => {
        this.failure ??= error;
      })
      .finally(() => {
        this.sending = undefined;
      });
    return this.sending;
  }

  // #region send
  private async sendBatch(): Promise<void> {
    // Items that are published in one go, each of them forced perhaps, make one batch and one signal.
    await Promise.resolve();
    const items = this.takeBatch();
    const batch = { items, publisher_id: this.settings.publisherId, sequence: ++this.sequence };
    try {
      await this.sendWithRetry(batch);
    } finally {
      this.settled += items.length;
    }
  }
  // #endregion send

  private async sendWithRetry(batch: PublishInput): Promise<void> {
    const start = Date.now();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.send(batch);
        return;
      } catch (error) {
        if (!isTransient(error)) throw error;
        if (Date.now() - start > this.settings.maxRetryDuration) {
          throw new FlushTimeoutError(
            `No answer to a batch of ${batch.items.length} items for ${this.settings.maxRetryDuration} ms. ` +
              'It is given up: its items are in the log only if one of the tries arrived.',
            { cause: error },
          );
        }
        await backoff(attempt);
      }
    }
  }

  /** As many items as one signal may hold, at least one. */
  private takeBatch(): Entry[] {
    let count = 0;
    let bytes = 0;
    for (const entry of this.buffer) {
      bytes += jsonBytes({ ...entry, offset: 0 });
      if (count > 0 && (bytes > MAX_PAGE_BYTES || count >= this.settings.maxBatchSize)) break;
      count++;
    }
    return this.buffer.splice(0, count);
  }

  private throwFailure(): void {
    const failure = this.failure;
    this.failure = undefined;
    if (failure) throw failure;
  }
}
