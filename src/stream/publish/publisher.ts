/** The sending half of a client: collects items into batches and gets every batch there once. */
import { FlushTimeoutError, StreamError } from '../errors.js';
import type { Entry } from '../log.js';
import type { Count } from '../metrics.js';
import { backoff, grpcDetails, isPermanent } from '../retry.js';
import { itemBytes } from '../size.js';
import type { PublishInput } from '../wire.js';
import { type Batch, hasRoom, join, type Numbering, numbered } from './batching.js';
import type { PublisherCheckpoint } from './identity.js';

// #region settings
/** How a publisher batches and retries; all durations in milliseconds. */
export interface PublisherSettings extends Numbering {
  /** The number of the last batch, or item, of this publisher that has arrived already. */
  sequence: number;
  /** Longest time that an item waits for company before it is sent. */
  batchInterval: number;
  /** Most items in one batch; a full batch is sent at once. */
  maxBatchSize: number;
  /** How long a batch is tried again, counted from when it was due. */
  maxRetryDuration: number;
  /** Bytes of items not yet delivered above which {@link Publisher.ready} waits. */
  highWaterMark: number;
  /** Bytes of items not yet delivered above which an item is refused. */
  maxBuffered: number;
  count: Count;
}

/** Sends one batch; resolves once the server has it. */
export type SendBatch = (batch: PublishInput) => Promise<unknown>;
// #endregion settings

// #region outgoing
/** A batch in the queue. */
interface Outgoing extends Batch {
  /** To be sent without waiting for company. */
  due: boolean;
  /** When to give up, in milliseconds since the epoch; counted from when it was due. */
  expires: number;
  /** On its way, so that nothing can be added any more. */
  sealed: boolean;
  /** How many callers of `flush()` will be told how it went. */
  waiting: number;
  /** Resolves when it has arrived, or with the error for which it was given up. */
  outcome: Promise<unknown>;
  settle: (error?: unknown) => void;
}

function newBatch(): Outgoing {
  let settle = (_error?: unknown): void => {};
  const outcome = new Promise<unknown>((resolve) => {
    settle = resolve;
  });
  const state = { due: false, expires: Number.POSITIVE_INFINITY, sealed: false, waiting: 0 };
  return { entries: [], bytes: 0, ...state, outcome, settle };
}
// #endregion outgoing

// #region publisher
/**
 * Collects entries and sends them in batches, one batch at a time, in order. A batch that fails is
 * sent again with the same sequence number, so that the host appends it once even when only the
 * answer was lost.
 */
export class Publisher {
  /** What has not arrived, the batch on its way first. */
  private readonly queue: Outgoing[] = [];
  private sequence: number;
  /** The number of the last batch, or item, that the server has. */
  private delivered: number;
  private buffered = 0;
  private draining = false;
  private timer: NodeJS.Timeout | undefined;
  /** The first failure of a batch for which no caller of `flush()` waited. */
  private untold: unknown;
  private closed = false;

  constructor(
    private readonly send: SendBatch,
    private readonly settings: PublisherSettings,
  ) {
    this.sequence = settings.sequence;
    this.delivered = settings.sequence;
  }
  // #endregion publisher

  // #region since-5
  // #region checkpoint
  /** How far this publisher has got, if it numbers its items. */
  get checkpoint(): PublisherCheckpoint | undefined {
    const { publisherId, numbersItems } = this.settings;
    return numbersItems ? { publisherId, sequence: this.delivered } : undefined;
  }
  // #endregion checkpoint
  // #endregion since-5

  // #region publish
  /**
   * Takes an entry; it is sent within the batch interval, or at once when forced or a batch is full.
   *
   * @throws StreamError `PublisherClosed` after {@link close}; `BufferFull`
   */
  publish(entry: Entry, forceFlush: boolean): void {
    if (this.closed) {
      throw new StreamError(
        'PublisherClosed',
        'This client was disposed, so nothing would send the item. Publish inside the scope of `await using`.',
      );
    }
    const bytes = itemBytes(entry);
    if (this.buffered + bytes > this.settings.maxBuffered) {
      throw new StreamError(
        'BufferFull',
        `${this.buffered} bytes wait to be sent, and \`maxBuffered\` allows no more. Await \`client.ready\` before publishing.`,
      );
    }
    const batch = this.batchFor(entry);
    join(batch, entry);
    this.buffered += bytes;
    if (forceFlush || batch.entries.length >= this.settings.maxBatchSize) this.sendAll();
    else if (!batch.due)
      this.timer ??= setTimeout(() => this.sendAll(), this.settings.batchInterval);
  }

  /** The batch that an entry goes into: the last one, unless it is on its way or full. */
  private batchFor(entry: Entry): Outgoing {
    const last = this.queue.at(-1);
    if (last && !last.sealed) {
      if (hasRoom(last, entry, this.settings.maxBatchSize)) return last;
      // A batch that is full need not wait for the interval.
      this.sendAll();
    }
    const batch = newBatch();
    this.queue.push(batch);
    return batch;
  }
  // #endregion publish

  // #region drain
  private sendAll(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (let i = this.queue.length - 1; i >= 0; i--) {
      const batch = this.queue[i] as Outgoing;
      // Those before it were made due with it; going over them each time would be quadratic.
      if (batch.due) break;
      batch.due = true;
      batch.expires = Date.now() + this.settings.maxRetryDuration;
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
      if (error !== undefined) {
        this.settings.count('dropped', batch.entries.length, { reason: 'undelivered' });
        if (batch.waiting === 0) this.untold ??= error;
      }
      this.queue.shift();
      this.buffered -= batch.bytes;
      batch.settle(error);
    }
    this.draining = false;
  }
  // #endregion drain

  // #region deliver
  private async deliver(batch: Outgoing): Promise<void> {
    const input = numbered(batch, this.sequence, this.settings);
    this.sequence = input.sequence;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.send(input);
        this.delivered = input.sequence;
        return;
      } catch (error) {
        if (isPermanent(error)) throw refused(batch, error);
        if (Date.now() >= batch.expires) throw gaveUp(batch, attempt, error);
        this.settings.count('retries', 1);
        await backoff(attempt);
      }
    }
  }
  // #endregion deliver

  // #region ready
  /** Resolves when no more bytes than the high-water mark wait to be sent. */
  async ready(): Promise<void> {
    while (this.buffered > this.settings.highWaterMark) {
      this.sendAll();
      await this.queue[0]?.outcome;
    }
  }
  // #endregion ready

  // #region flush
  /**
   * Resolves when the server has every item published before the call.
   *
   * @throws FlushTimeoutError when a batch was given up: after `maxRetryDuration`, or at once when the
   *   server refuses it for good (no such workflow, no permission)
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
  // #endregion flush
}

// #region failures
function gaveUp({ entries }: Batch, tries: number, cause: unknown): FlushTimeoutError {
  return new FlushTimeoutError(
    `A batch of ${entries.length} items was given up after ${tries} tries. ` +
      'Its items are in the log only if one of the tries arrived without an answer.',
    { cause },
  );
}

function refused({ entries }: Batch, cause: unknown): FlushTimeoutError {
  const reason = grpcDetails(cause) || (cause as Error).message;
  return new FlushTimeoutError(
    `The server refused a batch of ${entries.length} items for good, so trying again would not help: ${reason}`,
    { cause },
  );
}
// #endregion failures
