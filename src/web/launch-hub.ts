import { HEADLINES, openHub, runNewsroom } from 'streambook/hub';
import { millisecondsOf } from './knobs.js';
import { type Connection, launcherOf } from './launch.js';
import type { Launcher } from './runs.js';

/**
 * Offers the scenario `hub`: agencies in this process publish to it from outside, and close it when they are done.
 *
 * @param onError - told when an agency could not publish
 */
export function hubLauncher(
  connection: () => Connection | undefined,
  onError: (error: unknown) => void,
): Launcher {
  return launcherOf(
    {
      topics: [HEADLINES],
      knobs: {
        publishers: { label: 'publishers', values: ['3', '1', '9'] },
        headlines: { label: 'headlines each', values: ['5', '1', '20'] },
        pause: { label: 'pause', values: ['0.2 s', '0 s', '1 s'] },
      },
      async start(client, id, { publishers, headlines, pause }) {
        const hub = await openHub(client, id);
        runNewsroom(client, id, {
          publishers: Number(publishers),
          headlines: Number(headlines),
          pauseMs: millisecondsOf(pause),
        }).catch(onError);
        return hub;
      },
      told: (headlines) => `${headlines} headlines`,
    },
    connection,
  );
}
