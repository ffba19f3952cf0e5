import { WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure, TerminatedFailure } from '@temporalio/common';
import type { Outcome } from './runs.js';

/**
 * Waits for a workflow to end, and says how it did. Never rejects.
 *
 * @param result - the promise of `handle.result()`
 */
export async function outcomeOf(result: Promise<unknown>): Promise<Outcome> {
  try {
    return { status: 'completed', result: await result };
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
