/** Readers of one stream: one that stays, and one that comes and goes. */
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowStreamClient } from 'streambook/client';
import { VOLUMES, type Volume } from './events.js';

/** What a reader keeps of an item. */
export interface Seen {
  offset: number;
  /** When it came, in milliseconds since the epoch. */
  at: number;
}

/** Items that a visitor reads at a time. */
const VISIT_ITEMS = 7;
/** How long it stays away, in milliseconds. */
const AWAY_MS = 300;

// #region attached
/**
 * Reads from an offset to the end.
 *
 * @param onVolume - is told of each volume when its beginning is read
 */
export async function readAttached(
  stream: WorkflowStreamClient,
  onVolume: (volume: Volume, offset: number) => void = () => {},
  from = 0,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  const items = stream.subscribe<unknown>([], from, { resultType: true });
  for await (const { topic, offset, data } of items) {
    seen.push({ offset, at: Date.now() });
    if (topic === VOLUMES) onVolume(data as Volume, offset);
  }
  return seen;
}
// #endregion attached

// #region visits
/** Reads a few items, leaves, and comes back with nothing but the next offset, until it is over. */
export async function readInVisits(
  connect: () => WorkflowStreamClient,
  isOver: () => boolean,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  const next = (): number => (seen.at(-1)?.offset ?? -1) + 1;
  while (!isOver()) {
    const visit = connect().subscribe([], next());
    for (let n = 0; n < VISIT_ITEMS; n++) {
      const { done, value } = await visit.next();
      if (done) return seen;
      seen.push({ offset: value.offset, at: Date.now() });
    }
    await visit.return();
    await delay(AWAY_MS);
  }
  return [...seen, ...(await readAttached(connect(), undefined, next()))];
}
// #endregion visits
