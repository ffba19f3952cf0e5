import type { Connection } from './launch.js';
import { orderLauncher } from './launch-order.js';
import type { Launcher } from './runs.js';

/**
 * What the live book can run, in the book's order.
 *
 * @param connection - asked at each launch; `undefined` until Temporal answers
 */
export function openLaunchers(
  connection: () => Connection | undefined,
): ReadonlyMap<string, Launcher> {
  return new Map([['order', orderLauncher(connection)]]);
}
