import type { Client } from '@temporalio/client';
import { WorkflowStreamClient } from 'streambook/client';
import { closeHub, HEADLINES, openHub, publishHeadline, runNewsroom } from 'streambook/hub';
import { millisecondsOf } from './knobs.js';
import { type Connection, launcherOf } from './launch.js';
import type { Launcher } from './runs.js';

/** Nobody publishes but those who look at the page, and nobody else closes the hub. */
const ONLY_YOU = 'only you';

/** Somebody who types takes longer than an agency, in milliseconds. */
const TIME_LIMIT_MS = 600_000;

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
      knobs: {
        publishers: { label: 'publishers', values: ['3', '1', '9', ONLY_YOU] },
        headlines: { label: 'headlines each', values: ['5', '1', '20'] },
        pause: { label: 'pause', values: ['0.2 s', '0 s', '1 s'] },
      },
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
        if (publishers === ONLY_YOU) return hub;
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

/** One headline, by a client of its own: it need not be quick, and nothing of it is left behind. */
async function publishYours(client: Client, workflowId: string, text: string): Promise<void> {
  await using stream = WorkflowStreamClient.create(client, workflowId);
  const number = (await stream.getOffset()) + 1;
  publishHeadline(stream, { agency: 'you', number, text });
  await stream.flush();
}
