import { startTicker, TICKS } from 'streambook/ticker';
import { millisecondsOf } from './knobs.js';
import { type Connection, launcherOf } from './launch.js';
import type { Launcher } from './runs.js';

/** Offers the scenario `ticker`: how its log forgets, and how slow its second reader is. */
export function tickerLauncher(connection: () => Connection | undefined): Launcher {
  return launcherOf(
    {
      topics: [TICKS],
      knobs: {
        truncateEvery: { label: 'truncate every', values: ['2', '5', 'never'] },
        keepLast: { label: 'keep last', values: ['1', '5'] },
        pause: { label: 'slow reader pauses', values: ['1.5 s', '0.5 s'] },
      },
      readers: { fast: () => 0, slow: ({ pause }) => millisecondsOf(pause) },
      start: (client, id, { truncateEvery, keepLast }) =>
        startTicker(client, id, {
          // To the workflow, 0 is never.
          truncateEvery: truncateEvery === 'never' ? 0 : Number(truncateEvery),
          keepLast: Number(keepLast),
        }),
      told: (parts) => `${parts} parts`,
    },
    connection,
  );
}
