import { WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure, TerminatedFailure } from '@temporalio/common';
import { isTransient, persist } from '../stream/retry.js';
import type { Outcome } from './runs.js';

/**
 * Waits for a workflow to end, and says how it did. Never rejects.
 *
 * The SDK gives up on a server that has not answered for some twenty seconds. The run goes on when that server is
 * back, and whoever reads it waits for that; so does this.
 *
 * @param result - asks for the result, as `handle.result()` does; asked again while Temporal does not answer
 */
export async function outcomeOf(result: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { status: 'completed', result: await persist(result, isTransient) };
  } catch (error) {
    if (error instanceof WorkflowFailedError) {
      return { status: statusOf(error.cause), message: rootMessage(error) };
    }
    return { status: 'unknown', message: 'Temporal could not be asked how this run ended.' };
  }
}

function statusOf(cause: Error | undefined): 'failed' | 'cancelled' | 'terminated' {
  if (cause instanceof TerminatedFailure) return 'terminated';
  if (cause instanceof CancelledFailure) return 'cancelled';
  return 'failed';
}

/** The innermost failure is what happened ("card declined"); those around it only say where ("Activity task failed"). */
function rootMessage(error: Error): string {
  let innermost = error;
  while (innermost.cause instanceof Error) innermost = innermost.cause;
  return innermost.message;
}
