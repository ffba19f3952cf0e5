/** Several agencies and a reader at one hub. */
import type { Client } from '@temporalio/client';
import { WorkflowStreamClient, type WorkflowStreamItem } from 'streambook/client';
import { HEADLINES, type Headline } from './events.js';
import { closeHub, HubClosedError, hubOf, openHub } from './open.js';
import { type AgencyOptions, publishHeadlines } from './publish.js';
import { agencies } from './stories.js';

/** How a newsroom works. */
export interface NewsroomOptions
  extends Pick<AgencyOptions, 'headlines' | 'pauseMs' | 'publishing'> {
  /** How many agencies publish at once, up to nine. @defaultValue 3 */
  publishers?: number;
  /** The client by which an agency publishes. @defaultValue the newsroom's own */
  clientOf?: (agency: string) => Client;
}

// #region run-newsroom
/**
 * Lets several agencies publish at once, and closes the hub when all of them are done.
 *
 * @param id - the hub's; it is opened when nobody has done so yet
 * @returns how many headlines the hub has
 * @throws Error of the first agency that failed; the hub is closed all the same
 */
export async function runNewsroom(
  client: Client,
  id: string,
  options: NewsroomOptions = {},
): Promise<number> {
  const { publishers = 3, clientOf = () => client, ...rest } = options;
  const hub = await openHub(client, id);
  const work = agencies(publishers).map((agency) =>
    publishHeadlines(clientOf(agency), id, agency, rest),
  );
  const outcomes = await Promise.allSettled(work);
  await closeHub(hub);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
  return hub.result();
}
// #endregion run-newsroom

/** How {@link readHeadlines} reads. */
export interface ReadingOptions {
  /** Is told of each headline as it comes. */
  onHeadline?: (item: WorkflowStreamItem<Headline>) => void;
  /** Ends the reading. */
  signal?: AbortSignal;
}

/**
 * Reads a hub's headlines from the first to the last.
 *
 * @param id - the hub's; it is opened when nobody has done so yet
 * @returns all of them, once the hub is closed
 */
export async function readHeadlines(
  client: Client,
  id: string,
  { onHeadline, signal }: ReadingOptions = {},
): Promise<Headline[]> {
  const { workflowId } = await openHub(client, id).catch((error: unknown) => {
    // One that is closed is read as well.
    if (error instanceof HubClosedError) return hubOf(client, id);
    throw error;
  });
  const topic = WorkflowStreamClient.create(client, workflowId).topic<Headline>(HEADLINES);
  const received: Headline[] = [];
  for await (const item of topic.subscribe(0, { signal })) {
    received.push(item.data);
    onHeadline?.(item);
  }
  return received;
}
