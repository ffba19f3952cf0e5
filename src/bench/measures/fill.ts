/** Filling a log from outside. */
import { setTimeout as pause } from 'node:timers/promises';
import type { End } from '../ends.js';

/** Items in a signal: those of either package fit into one with room to spare. */
export const BATCH = 1_000;

/**
 * Publishes more items in batches, and waits until the workflow has them.
 *
 * @param count - how many
 * @param make - makes an item of its number
 */
export async function fillWith(
  end: End,
  count: number,
  make: (n: number) => unknown,
): Promise<void> {
  const first = await end.length();
  for (let n = 0; n < count; n++) {
    end.publish(make(n), false);
    if ((n + 1) % BATCH === 0) await end.flush();
  }
  await end.flush();
  await hasLength(end, first + count);
}

const ASK_AGAIN_MS = 20;
/** A server that holds more than 2 MB of signals back breaks off a task, and refuses queries for seconds. */
const PATIENCE_SECONDS = 20;

/** Resolves when a workflow has so many items. @throws Error when it does not get them in time */
export async function hasLength(end: End, wanted: number): Promise<void> {
  const begin = performance.now();
  let last: unknown;
  while (performance.now() - begin < PATIENCE_SECONDS * 1_000) {
    last = await end.length().catch((error: unknown) => error);
    if (last === wanted) return;
    await pause(ASK_AGAIN_MS);
  }
  if (last instanceof Error) throw last;
  throw new Error(`the workflow has ${last} items of ${wanted}`);
}
