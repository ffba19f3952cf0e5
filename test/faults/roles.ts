/** What publishers and readers do. */
import type { WorkflowStreamClient, WorkflowStreamItem } from 'streambook/client';
import type { Random } from './random.ts';
import { type Numbered, numbered } from './sequence.ts';

export type Item = WorkflowStreamItem<Numbered>;

/** How a publisher batches: small, so that there are hundreds of batches to lose. */
export const BATCHING = { batchInterval: 10, maxBatchSize: 20 };
/** Most items that a publisher publishes at once: two batches. */
const LARGEST_BURST = 40;

/** What a publisher has to do. */
export interface PublishingOptions {
  stream: WorkflowStreamClient;
  publisher: string;
  /** How many items. */
  total: number;
  random: Random;
  /** Told how many more items the server has. */
  onFlushed: (items: number) => void;
}

/** Publishes items in bursts of any size. It waits for some bursts only, so that batches queue up. */
export async function publishAll(options: PublishingOptions): Promise<void> {
  const { stream, publisher, total, random, onFlushed } = options;
  const topic = stream.topic<Numbered>(publisher);
  for (let n = 0, flushed = 0; n < total; ) {
    const end = Math.min(total, n + random.whole(1, LARGEST_BURST));
    for (; n < end; n++) topic.publish(numbered(publisher, n));
    if (n < total && random.pick([true, false])) continue;
    await stream.flush();
    onFlushed(n - flushed);
    flushed = n;
  }
}

/**
 * Reads from the start to the end of the stream.
 *
 * @param onItem - told of each item
 */
export async function readSteadily(
  stream: WorkflowStreamClient,
  items: Item[],
  onItem = (): void => {},
): Promise<void> {
  for await (const item of stream.subscribe<Numbered>([], 0, { resultType: true })) {
    items.push(item);
    onItem();
  }
}

/**
 * Reads to the end of the stream as well, but leaves now and then and comes back where it was.
 *
 * @param most - items that it takes before it leaves, at most
 * @returns how many times it came back
 */
export async function readInVisits(
  stream: WorkflowStreamClient,
  items: Item[],
  { most, random }: { most: number; random: Random },
): Promise<number> {
  for (let returns = 0; ; returns++) {
    const until = items.length + random.whole(1, most);
    const from = (items.at(-1)?.offset ?? -1) + 1;
    for await (const item of stream.subscribe<Numbered>([], from, { resultType: true })) {
      items.push(item);
      if (items.length === until) break;
    }
    if (items.length < until) return returns;
  }
}
