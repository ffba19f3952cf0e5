/** The sending half of a client: collects items into batches and gets every batch there once. */
import { FlushTimeoutError, StreamError } from './errors.js';
import type { Entry } from './log.js';
import { backoff, isPermanent } from './retry.js';
import { itemBytes, MAX_BATCH_BYTES } from './size.js';
import type { PublishInput } from './wire.js';

/** How a publisher batches and retries; all durations in milliseconds. */
export interface PublisherSettings {
  /** How the host recognises this publisher's repeated batches. */
  publisherId: string;
  /** Longest time that an item waits for company before it is sent. */
  batchInterval: number;
  /** Most items in one batch; a full batch is sent at once. */
  maxBatchSize: number;
  /** How long after its first item a batch is still tried again. */
  maxRetryDuration: number;
}

/** Sends one batch; resolves once the server has it. */
export type SendBatch = (batch: PublishInput) => Promise<unknown>;

/** Items that travel together. */
interface Outgoing {
  entries: Entry[];
  bytes: number;
  /** To be sent without waiting for company. */
  due: boolean;
  /** On its way, so that nothing can be added any more. */
  sealed: boolean;
  /** When to give up, in milliseconds since the epoch. */
  expires: number;
  /** How many callers of `flush()` will be told how it went. */
  waiting: number;
  /** Resolves when it has arrived, or with the error for which it was given up. */
  outcome: Promise<unknown>;
  settle: (error?: unknown) => void;
}

/**
 * Collects entries and sends them in batches, one batch at a time, in order. A batch that fails is
 * sent again with the same sequence number, so that the host appends it once even when only the
 * answer was lost.
 */
export class Publisher {
  /** What has not arrived, the batch on its way first. */
  private readonly queue: Outgoing[] = [];
  private sequence = 0;
  private draining = false;
  private timer: NodeJS.Timeout | undefined;
  /** The first failure of a batch for which no caller of `flush()` waited. */
  private untold: unknown;
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
    const batch = this.batchFor(entry);
    batch.entries.push(entry);
    batch.bytes += itemBytes(entry);
    if (forceFlush || batch.entries.length >= this.settings.maxBatchSize) this.sendAll();
    else if (!batch.due)
      this.timer ??= setTimeout(() => this.sendAll(), this.settings.batchInterval);
  }

  /**
   * Resolves when the server has every item published before the call.
   *
   * @throws FlushTimeoutError when a batch was given up after `maxRetryDuration`
   * @throws Error of the server when it refuses a batch for good: no such workflow, no permission
   */
  async flush(): Promise<void> {
    const untold = this.untold;
    this.untold = undefined;
    this.sendAll();
    const outcomes = this.queue.map((batch) => {
      batch.waiting++;
      return batch.outcome;
    });
    const failure = [untold, ...(await Promise.all(outcomes))].find((error) => error !== undefined);
    if (failure !== undefined) throw failure;
  }

  /** Sends what is left and takes no more; throws what {@link flush} throws. */
  async close(): Promise<void> {
    this.closed = true;
    await this.flush();
  }

  /** The batch that an entry goes into: the last one, unless it is on its way or full. */
  private batchFor(entry: Entry): Outgoing {
    const last = this.queue.at(-1);
    const hasRoom =
      last &&
      !last.sealed &&
      last.entries.length < this.settings.maxBatchSize &&
      last.bytes + itemBytes(entry) <= MAX_BATCH_BYTES;
    if (hasRoom) return last;
    // A batch that is full need not wait for the interval.
    if (last && !last.sealed) this.sendAll();
    const batch = newBatch(Date.now() + this.settings.maxRetryDuration);
    this.queue.push(batch);
    return batch;
  }

  private sendAll(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (let i = this.queue.length - 1; i >= 0; i--) {
      const batch = this.queue[i] as Outgoing;
      // Those before it were made due with it; going over them each time would be quadratic.
      if (batch.due) break;
      batch.due = true;
    }
    if (!this.draining) void this.drain();
  }

  private async drain(): Promise<void> {
    this.draining = true;
    // Items that are published in one go, each of them forced perhaps, make one batch and one signal.
    await Promise.resolve();
    for (let batch = this.queue[0]; batch?.due; batch = this.queue[0]) {
      batch.sealed = true;
      const error = await this.deliver(batch).catch((reason: unknown) => reason);
      if (error !== undefined && batch.waiting === 0) this.untold ??= error;
      this.queue.shift();
      batch.settle(error);
    }
    this.draining = false;
  }

  // #region deliver
  private async deliver({ entries, expires }: Outgoing): Promise<void> {
    const sequence = ++this.sequence;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.send({ items: entries, publisher_id: this.settings.publisherId, sequence });
        return;
      } catch (error) {
        if (isPermanent(error)) throw error;
        if (Date.now() >= expires) throw gaveUp(entries.length, attempt, error);
        await backoff(attempt);
      }
    }
  }
  // #endregion deliver
}

function newBatch(expires: number): Outgoing {
  let settle = (_error?: unknown): void => {};
  const outcome = new Promise<unknown>((resolve) => {
    settle = resolve;
  });
  return { entries: [], bytes: 0, due: false, sealed: false, waiting: 0, expires, outcome, settle };
}

function gaveUp(items: number, tries: number, cause: unknown): FlushTimeoutError {
  return new FlushTimeoutError(
    `A batch of ${items} items was given up after ${tries} tries. ` +
      'Its items are in the log only if one of the tries arrived without an answer.',
    { cause },
  );
}
