import { adjustTicker, startTicker, TICKS } from 'streambook/ticker';
import { z } from 'zod';
import { count, inMilliseconds, seconds } from './knob-kinds.js';
import { type Connection, launcherOf } from './launch.js';
import type { Launcher } from './runs.js';

/** As many as fill a lane, and are over while somebody looks. */
const TICK_COUNT = 30;

/** Thirty ticks take a minute then, half of what a run may take. */
const LONGEST_INTERVAL_S = 2;

/** Where nothing is forgotten, the slow reader has thirty pauses, and two minutes for them: the time of a run. */
const LONGEST_PAUSE_S = 4;

/** Offers the scenario `ticker`: how fast it ticks, how its log forgets, and how slow its second reader is. */
export function tickerLauncher(connection: () => Connection | undefined): Launcher {
  return launcherOf(
    {
      topics: [TICKS],
      knobs: z.strictObject({
        interval: seconds({
          label: 'a tick takes',
          min: 0.1,
          max: LONGEST_INTERVAL_S,
          default: 0.5,
        }),
        truncateEvery: count({
          label: 'truncate every',
          min: 0,
          max: TICK_COUNT,
          default: 2,
          hint: 'ticks (0 is never)',
          isLive: true,
        }),
        keepLast: count({
          label: 'keep last',
          min: 1,
          max: TICK_COUNT,
          default: 1,
          hint: 'ticks',
          isLive: true,
        }),
        pause: seconds({
          label: 'slow reader pauses',
          min: 0,
          max: LONGEST_PAUSE_S,
          default: 1.5,
          isLive: true,
        }),
      }),
      readers: { fast: undefined, slow: ({ pause }) => inMilliseconds(pause) },
      start: (client, id, { interval, truncateEvery, keepLast }) =>
        startTicker(client, id, {
          count: TICK_COUNT,
          intervalMs: inMilliseconds(interval),
          truncateEvery,
          keepLast,
        }),
      async adjust(client, workflowId, { truncateEvery, keepLast }) {
        const forgetting = {
          ...(truncateEvery !== undefined && { truncateEvery }),
          ...(keepLast !== undefined && { keepLast }),
        };
        // How slow the slow reader is does not concern the workflow.
        if (Object.keys(forgetting).length === 0) return;
        await adjustTicker(client.workflow.getHandle(workflowId), forgetting);
      },
      told: (parts) => `${parts} parts`,
    },
    connection,
  );
}
