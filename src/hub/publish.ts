/** The agencies, which publish without being part of any workflow. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { WorkflowStreamClient, type WorkflowStreamClientOptions } from 'streambook/client';
import { HEADLINES, type Headline } from './events.js';
import { openHub } from './open.js';
import { storyOf } from './stories.js';

/** How an agency works. */
export interface AgencyOptions {
  /** How many headlines it has. @defaultValue 5 */
  headlines?: number;
  /** Pause after each of them, in milliseconds. @defaultValue 200 */
  pauseMs?: number;
  /** How it publishes. @defaultValue batches of 200 ms */
  publishing?: WorkflowStreamClientOptions;
  /** After how many headlines it makes sure that they have arrived. @defaultValue at the end only */
  confirmEvery?: number;
  /** Is told how many headlines were published. */
  onPublished?: (count: number) => void;
  /** Is told how many have arrived for certain. */
  onConfirmed?: (count: number) => void;
}

/** Longest time that a headline waits for others: a fifth of a second, which no reader notices. */
export const BATCH_INTERVAL = '200 milliseconds';

// #region publish-headline
/** Takes a headline, which goes out with the next batch. */
export function publishHeadline(stream: WorkflowStreamClient, headline: Headline): void {
  stream.topic<Headline>(HEADLINES).publish(headline);
}
// #endregion publish-headline

// #region publish-headlines
/**
 * Publishes everything that an agency has to say, and returns when the server has it.
 *
 * @param id - the hub's; it is opened when nobody has done so yet
 * @param agency - the agency's name
 * @throws HubClosedError; FlushTimeoutError when the hub was closed too early
 */
export async function publishHeadlines(
  client: Client,
  id: string,
  agency: string,
  options: AgencyOptions = {},
): Promise<void> {
  const { headlines = 5, pauseMs = 200, confirmEvery = Number.POSITIVE_INFINITY } = options;
  const hub = await openHub(client, id);
  await using stream = WorkflowStreamClient.create(client, hub.workflowId, {
    batchInterval: BATCH_INTERVAL,
    ...options.publishing,
  });
  for (let number = 1; number <= headlines; number++) {
    await stream.ready;
    publishHeadline(stream, { agency, number, text: storyOf(agency, number) });
    options.onPublished?.(number);
    if (number % confirmEvery === 0) {
      await stream.flush();
      options.onConfirmed?.(number);
    }
    await delay(pauseMs);
  }
}
// #endregion publish-headlines
