import { startOrder } from 'streambook/order';
import { z } from 'zod';
import { choice } from './knob-kinds.js';
import { type Connection, launcherOf } from './launch.js';
import type { Launcher } from './runs.js';

/** Offers the scenario `order`: whether the card can be charged. */
export function orderLauncher(connection: () => Connection | undefined): Launcher {
  return launcherOf(
    {
      topics: ['status', 'progress'],
      knobs: z.strictObject({ card: choice(['ok', 'declined'], { label: 'card' }) }),
      start: (client, id, { card }) => startOrder(client, id, { card }),
    },
    connection,
  );
}
