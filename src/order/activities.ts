import { setTimeout as delay } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { WorkflowStreamClient } from 'streambook/client';
import type { OrderInput, Progress } from './events.js';

/** How long our imaginary card network takes to answer, in milliseconds. */
const CARD_NETWORK_DELAY = 1_000;

// #region charge-card
/**
 * Charges the card and tells the order's stream about it.
 *
 * @returns the id of the charge
 * @throws ApplicationFailure `CardDeclined`, which is not tried again
 */
export async function chargeCard({ orderId, card = 'ok' }: OrderInput): Promise<string> {
  await using stream = WorkflowStreamClient.fromWithinActivity();
  const progress = stream.topic<Progress>('progress');

  progress.publish({ message: 'charging card…' }, { forceFlush: true });
  await delay(CARD_NETWORK_DELAY);
  if (card === 'declined') {
    progress.publish({ message: 'card declined' });
    throw ApplicationFailure.nonRetryable('The card was declined.', 'CardDeclined');
  }
  progress.publish({ message: 'card charged' });
  return `charge-${orderId}`;
}
// #endregion charge-card
