import { startOrder } from 'streambook/order';
import { type Connection, launcherOf } from './launch.js';
import type { Launcher } from './runs.js';

/** Offers the scenario `order`: whether the card can be charged. */
export function orderLauncher(connection: () => Connection | undefined): Launcher {
  return launcherOf(
    {
      topics: ['status', 'progress'],
      knobs: { card: { label: 'card', values: ['ok', 'declined'] } },
      start: (client, id, { card }) => startOrder(client, id, { card }),
    },
    connection,
  );
}
