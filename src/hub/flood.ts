/** A publisher that has more to say than its link carries, with a brake and without. */
import type { Client } from '@temporalio/client';
import {
  StreamError,
  WorkflowStreamClient,
  type WorkflowStreamClientOptions,
} from 'streambook/client';
import { slowLink, throughLink } from './link.js';
import { openHub } from './open.js';
import { publishHeadline } from './publish.js';

/** What a publisher does when its headlines pile up: nothing, give up, or wait. */
export type Brake = 'none' | 'maxBuffered' | 'ready';

/** How much there is to say, and over what. */
export interface FloodOptions {
  brake: Brake;
  /** How many headlines there are. @defaultValue 500 */
  headlines?: number;
  /** How long each signal is on its way, in milliseconds. @defaultValue 50 */
  delayMs?: number;
}

/** What became of a flood. */
export interface FloodResult {
  /** Headlines that were taken by the publisher; all of them have arrived. */
  published: number;
  /** Most headlines that were in the publisher's memory at a time. */
  mostWaiting: number;
  /** In how many signals they travelled. */
  signals: number;
  /** Why no more were taken. */
  refusal?: string;
}

/** How much may wait in a publisher that has a brake, in bytes. */
const BOUND = 64 * 1024;

/** A long story, of about a kilobyte, to fill memory with. */
const LONG_STORY = 'It is still raining. '.repeat(48).trim();

const PUBLISHING: Record<Brake, WorkflowStreamClientOptions> = {
  none: {},
  maxBuffered: { maxBuffered: BOUND },
  ready: { highWaterMark: BOUND },
};

// #region flood
/**
 * Publishes as fast as a loop can, over a link that is slower.
 *
 * @param id - the hub's; it is opened when nobody has done so yet
 */
export async function flood(
  client: Client,
  id: string,
  { brake, headlines = 500, delayMs = 50 }: FloodOptions,
): Promise<FloodResult> {
  const hub = await openHub(client, id);
  let published = 0;
  let arrived = 0;
  let signals = 0;
  let mostWaiting = 0;
  const link = slowLink(delayMs, ({ items }) => {
    signals++;
    arrived += items.length;
  });
  const slow = throughLink(client, link);
  const stream = WorkflowStreamClient.create(slow, hub.workflowId, PUBLISHING[brake]);
  let refusal: string | undefined;
  try {
    while (published < headlines) {
      if (brake === 'ready') await stream.ready;
      publishHeadline(stream, { agency: brake, number: published + 1, text: LONG_STORY });
      published++;
      mostWaiting = Math.max(mostWaiting, published - arrived);
    }
  } catch (error) {
    if (!(error instanceof StreamError && error.type === 'BufferFull')) throw error;
    refusal = error.message;
  }
  await stream.flush();
  return { published, mostWaiting, signals, ...(refusal && { refusal }) };
}
// #endregion flood
