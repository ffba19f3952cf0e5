import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowStreamClient } from 'streambook/client';
import type { StageProgress } from './events.js';

/** What a stage tells between its start and its end. */
const PERCENT = [25, 50, 75];

// #region run-stage
/** Works on one stage for so many milliseconds, and tells the stream how far it has got. */
export async function runStage(stage: string, pauseMs: number): Promise<void> {
  await using stream = WorkflowStreamClient.fromWithinActivity();
  const progress = stream.topic<StageProgress>('progress');

  for (const percent of PERCENT) {
    await delay(pauseMs / (PERCENT.length + 1));
    progress.publish({ stage, percent }, { forceFlush: true });
  }
  await delay(pauseMs / (PERCENT.length + 1));
}
// #endregion run-stage
