import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { WorkflowStreamClient } from 'streambook/client';

/**
 * Publishes 0, 1, 2, … in batches whose size differs from attempt to attempt. The first attempt dies
 * half way without a heartbeat, the second one a little later with one, from which the third goes on.
 */
export async function countOff(resume: boolean, count: number): Promise<void> {
  const { info, heartbeat } = Context.current();
  const { attempt, heartbeatDetails } = info;
  const stream = WorkflowStreamClient.fromWithinActivity({ resume, maxBatchSize: 2 + attempt });
  const n = stream.topic<number>('n');
  const from = resume ? (heartbeatDetails?.sequence ?? 0) : 0;
  const dies = Math.floor((count * attempt) / 3);
  for (let i = from; i < count; i++) {
    n.publish(i);
    if (attempt < 3 && i === dies) {
      await stream.flush();
      if (attempt === 2 && resume) heartbeat(stream.checkpoint);
      throw ApplicationFailure.retryable('as planned');
    }
  }
  await stream[Symbol.asyncDispose]();
}

// #region print-pages
/** Renders pages one after the other, and goes on where the attempt before had got. */
export async function printPages(pages: string[]): Promise<void> {
  await using stream = WorkflowStreamClient.fromWithinActivity({ resume: true });
  for (const page of pages.slice(stream.checkpoint?.sequence)) {
    stream.topic<string>('page').publish(await render(page));
    Context.current().heartbeat(stream.checkpoint);
  }
}
// #endregion print-pages

/** Jams at page C of the first attempt. */
async function render(page: string): Promise<string> {
  const { attempt } = Context.current().info;
  if (page === 'C' && attempt === 1) throw ApplicationFailure.retryable('paper jam');
  return `page ${page}, printed by attempt ${attempt}`;
}
