import type { WorkflowHandle } from '@temporalio/client';
import { WORDS } from './events.js';

// #region walk
/** The publishing half of a client, ours or the official one. */
export interface Publishing {
  topic(name: string): { publish(value: unknown): void };
  flush(): Promise<void>;
}

/** What each of some batches has added to a history. */
export interface PerBatch {
  events: number;
  bytes: number;
}

/**
 * Publishes batches of one item, each when all readers have the one before, so that no two of them share
 * a workflow task.
 *
 * @param onBatch - called when all have a batch
 */
export async function walk(
  stream: Publishing,
  readers: readonly AsyncIterator<unknown>[],
  batches: number,
  onBatch: () => void = () => {},
): Promise<void> {
  for (let n = 0; n < batches; n++) {
    stream.topic(WORDS).publish('word');
    await stream.flush();
    const items = await Promise.all(readers.map((reader) => reader.next()));
    if (items.some(({ done }) => done)) return;
    onBatch();
  }
}

/** Walks, and measures what it adds to the history of the host. */
export async function measureWalk(
  host: WorkflowHandle,
  stream: Publishing,
  readers: readonly AsyncIterator<unknown>[],
  batches: number,
): Promise<PerBatch> {
  const before = await host.describe();
  await walk(stream, readers, batches);
  const after = await host.describe();
  return {
    events: (after.historyLength - before.historyLength) / batches,
    bytes: ((after.historySize ?? 0) - (before.historySize ?? 0)) / batches,
  };
}
// #endregion walk
