import type { Client } from '@temporalio/client';
import * as official from '@temporalio/workflow-streams/client';
import * as ours from 'streambook/client';
import { NEWS, type Notice } from './events.js';
import type { Side } from './start.js';

/** What either client yields. */
export type Notices = AsyncGenerator<{ offset: number; data: Notice }, void, unknown>;

// #region read-notices
/**
 * Reads the notices of a shipment from the first one on.
 *
 * @param side - whose client reads
 * @param pollCooldown - for the official client, in milliseconds: its pause after a poll
 */
export function readNotices(
  client: Client,
  workflowId: string,
  side: Side,
  pollCooldown = 100,
): Notices {
  if (side === 'official') {
    const stream = official.WorkflowStreamClient.create(client, workflowId);
    return stream.topic<Notice>(NEWS).subscribe(0, { pollCooldown });
  }
  return ours.WorkflowStreamClient.create(client, workflowId).topic<Notice>(NEWS).subscribe();
}
// #endregion read-notices
