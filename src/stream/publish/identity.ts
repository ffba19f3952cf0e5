/** Who publishes: a newcomer each time, or somebody who goes on after an interruption. */
import { createHash, randomBytes } from 'node:crypto';
import type { Info } from '@temporalio/activity';
import { isOffset, isRecord } from '../wire.js';

// #region checkpoint
/** How far a publisher has got; give it to a later client to go on as the same publisher. */
export interface PublisherCheckpoint {
  publisherId: string;
  /** How many of its items the server has. */
  sequence: number;
}
// #endregion checkpoint

// #region random-id
/** Characters of a publisher's id, in hexadecimal as in the official clients. */
const ID_LENGTH = 16;

/** An id that nobody else has. */
export function randomId(): string {
  return randomBytes(ID_LENGTH / 2).toString('hex');
}
// #endregion random-id

// #region activity-checkpoint
/**
 * Where an attempt of an activity goes on: at the checkpoint in the details of the last heartbeat (the
 * details themselves, or their field `checkpoint`), otherwise at the first item. All attempts have
 * the same id, so what an earlier one has delivered since its heartbeat is recognised too.
 */
export function activityCheckpoint(info: Info): PublisherCheckpoint {
  const details: unknown = info.heartbeatDetails;
  const candidates = [details, isRecord(details) ? details.checkpoint : undefined];
  return candidates.find(isCheckpoint) ?? { publisherId: activityId(info), sequence: 0 };
}

function activityId({ workflowExecution, activityId }: Info): string {
  const name = JSON.stringify([
    workflowExecution?.workflowId,
    workflowExecution?.runId,
    activityId,
  ]);
  return createHash('sha256').update(name).digest('hex').slice(0, ID_LENGTH);
}

function isCheckpoint(value: unknown): value is PublisherCheckpoint {
  return isRecord(value) && typeof value.publisherId === 'string' && isOffset(value.sequence);
}
// #endregion activity-checkpoint
