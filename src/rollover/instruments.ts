/** The instruments of a lighthouse, which report from outside and know nothing of its volumes. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { WorkflowStreamClient } from 'streambook/client';
import { READINGS, type Reading } from './events.js';

/** What a lighthouse can measure. */
export const INSTRUMENTS = ['wind', 'waves', 'lamp', 'fog', 'rain', 'tide'] as const;

// #region report
/**
 * Reports until it is told to stop, a reading at a time.
 *
 * @param pauseMs - from one reading to the next, in milliseconds
 * @returns how many readings the server has, every one of them for certain
 */
export async function reportSteadily(
  client: Client,
  workflowId: string,
  instrument: string,
  pauseMs: number,
  signal: AbortSignal,
): Promise<number> {
  await using stream = WorkflowStreamClient.create(client, workflowId, {
    batchInterval: '20 milliseconds',
  });
  const readings = stream.topic<Reading>(READINGS);
  let number = 0;
  while (!signal.aborted) {
    number++;
    readings.publish({ instrument, number, value: needleAt(number) });
    await delay(pauseMs, undefined, { signal }).catch(() => {});
  }
  await stream.flush();
  return number;
}
// #endregion report

/** A needle that swings between 0 and 10. */
function needleAt(number: number): number {
  return Math.round(5 + 5 * Math.sin(number / 5));
}
