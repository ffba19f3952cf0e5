import type { Client } from '@temporalio/client';
import { WorkflowStreamClient } from 'streambook/client';
import {
  closeHub,
  HEADLINES,
  MOST_AGENCIES,
  openHub,
  publishHeadline,
  runNewsroom,
} from 'streambook/hub';
import { z } from 'zod';
import { count, inMilliseconds, seconds } from './knob-kinds.js';
import { type Connection, launcherOf } from './launch.js';
import type { Launcher } from './runs.js';

/** Somebody who types takes longer than an agency, in milliseconds. */
const TIME_LIMIT_MS = 600_000;

/**
 * Nine agencies then have 900 headlines, some 100 kB, which a page can still list; and with the longest pause they
 * take 500 s, within the time of a run.
 */
const MOST_HEADLINES = 100;
const LONGEST_PAUSE_S = 5;

/** A line of a newspaper, in characters. */
const LONGEST_HEADLINE = 120;

/**
 * Offers the scenario `hub`: agencies in this process publish to it from outside, and close it when they are done. So
 * can whoever looks at the page.
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
      knobs: z.strictObject({
        publishers: count({
          label: 'publishers',
          min: 0,
          max: MOST_AGENCIES,
          default: 3,
          // Then nobody publishes but those who look at the page, and nobody else closes the hub.
          hint: '(0 is only you)',
        }),
        headlines: count({ label: 'headlines each', min: 1, max: MOST_HEADLINES, default: 5 }),
        pause: seconds({ label: 'pause', min: 0, max: LONGEST_PAUSE_S, default: 0.2 }),
      }),
      actions: {
        publish: { label: 'Publish', maxLength: LONGEST_HEADLINE, act: publishYours },
        close: {
          label: 'Close the hub',
          act: (client, workflowId) => closeHub(client.workflow.getHandle(workflowId)),
        },
      },
      timeLimitMs: TIME_LIMIT_MS,
      async start(client, id, { publishers, headlines, pause }) {
        const hub = await openHub(client, id);
        if (publishers === 0) return hub;
        runNewsroom(client, id, {
          publishers,
          headlines,
          pauseMs: inMilliseconds(pause),
        }).catch(onError);
        return hub;
      },
      told: (headlines) => `${headlines} headlines`,
    },
    connection,
  );
}

/** One headline, by a client of its own: it need not be quick, and nothing of it is left behind. */
async function publishYours(client: Client, workflowId: string, text: string): Promise<void> {
  await using stream = WorkflowStreamClient.create(client, workflowId);
  const number = (await stream.getOffset()) + 1;
  publishHeadline(stream, { agency: 'you', number, text });
  await stream.flush();
}
