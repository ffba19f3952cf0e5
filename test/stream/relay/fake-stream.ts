/** A stream without a server, for the tests of a relay: counts the subscriptions that it has. */
import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';
import type { EndStatus, Gap, Subscription, WorkflowStreamItem } from 'streambook/client';
import { type RelayOptions, StreamRelay, type WorkflowStreamClient } from 'streambook/client';
import { stoppableIterator } from '../../../src/stream/read/stop.js';

interface Opened {
  from: number;
  signal: AbortSignal;
  /** How many items it has handed out. */
  read: number;
}

export class FakeStream {
  readonly opened: Opened[] = [];
  /** How often an item was decoded. */
  decodings = 0;
  private readonly items: WorkflowStreamItem[] = [];
  private base = 0;
  private ending: { status: EndStatus } | { error: Error } | undefined;
  private readonly wakeUps = new Set<() => void>();

  readonly converter: PayloadConverter = {
    toPayload: (value) => defaultPayloadConverter.toPayload(value),
    fromPayload: <T>(payload: Payload) => {
      this.decodings++;
      return defaultPayloadConverter.fromPayload<T>(payload);
    },
  };

  relay(options?: RelayOptions): StreamRelay {
    return new StreamRelay(this as unknown as WorkflowStreamClient, options);
  }

  /** The subscriptions that are neither aborted nor over. */
  get open(): Opened[] {
    return this.opened.filter(({ signal }) => !signal.aborted);
  }

  publish(...values: unknown[]): void {
    for (const value of values) this.publishOn('a', value);
  }

  publishOn(topic: string, value: unknown): void {
    const data = defaultPayloadConverter.toPayload(value);
    this.publishPayload(topic, data);
  }

  publishPayload(topic: string, data: Payload): void {
    this.items.push({ topic, data, offset: this.items.length });
    this.wake();
  }

  truncate(upTo: number): void {
    this.base = upTo;
    this.wake();
  }

  end(status: EndStatus = 'COMPLETED'): void {
    this.ending = { status };
    this.wake();
  }

  fail(error: Error): void {
    this.ending = { error };
    this.wake();
  }

  /** Goes on after a failure. */
  recover(): void {
    this.ending = undefined;
  }

  subscribe(
    _topics: string[],
    from: number,
    { signal, onGap }: { signal: AbortSignal; onGap: (gap: Gap) => void },
  ): Subscription<Payload> {
    const opened = { from, signal, read: 0 };
    this.opened.push(opened);
    let status: EndStatus | undefined;
    const stream = this;
    const iterator = stoppableIterator(async function* (stopped) {
      let isFixed = from > 0;
      for (let offset = from; ; ) {
        if (offset < stream.base) {
          if (isFixed) onGap({ from: offset, to: stream.base });
          offset = stream.base;
        }
        isFixed = true;
        const item = stream.items[offset];
        if (item) {
          opened.read++;
          offset++;
          yield item;
        } else if (stream.ending) {
          if ('error' in stream.ending) throw stream.ending.error;
          status = stream.ending.status;
          return;
        } else {
          await stream.change(stopped);
        }
      }
    }, signal);
    return Object.defineProperty(iterator, 'status', {
      get: () => status,
    }) as Subscription<Payload>;
  }

  async getOffset(): Promise<number> {
    return this.items.length;
  }

  private wake(): void {
    for (const wakeUp of [...this.wakeUps]) wakeUp();
  }

  private change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wakeUp = () => {
        this.wakeUps.delete(wakeUp);
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = () => reject(signal.reason);
      this.wakeUps.add(wakeUp);
      signal.addEventListener('abort', stop);
    });
  }
}

/** Lets everything happen that needs no time. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** The offsets of the next items. */
export async function take(items: AsyncIterator<{ offset: number }>, count: number) {
  const seen: number[] = [];
  for (let i = 0; i < count; i++) {
    const { done, value } = await items.next();
    if (done) break;
    seen.push(value.offset);
  }
  return seen;
}

/** The offsets of all items up to the end, or up to an error. */
export async function rest(items: AsyncIterable<{ offset: number }>) {
  const seen: number[] = [];
  try {
    for await (const { offset } of items) seen.push(offset);
  } catch (error) {
    return { seen, error };
  }
  return { seen };
}

export { range } from '../../support/offsets.js';
