/**
 * Where readers of one process park their polls. A workflow has ten places for updates under way, for all
 * its readers and for updates of its own, and who asks for an eleventh waits for seconds; so the readers
 * of a client share a few, and the others wait quietly.
 */
import type { WorkflowClient } from '@temporalio/client';

/** Most polls that the readers of one client park in one workflow. */
const MOST = 4;

const taken = new WeakMap<WorkflowClient, Map<string, number>>();

/** A place among those of a workflow, which a reader has or has not. */
export interface Place {
  /** Takes a place if one is free. @returns whether the reader has one now */
  take(): boolean;
  /** Gives the place up, if the reader has one. */
  leave(): void;
}

/** For one reader of a workflow. */
export function placeOf(client: WorkflowClient, workflowId: string): Place {
  const counts = taken.get(client) ?? new Map<string, number>();
  taken.set(client, counts);
  let isTaken = false;
  const add = (by: number): void => {
    const count = (counts.get(workflowId) ?? 0) + by;
    if (count > 0) counts.set(workflowId, count);
    else counts.delete(workflowId);
  };
  return {
    take() {
      if (isTaken) return true;
      if ((counts.get(workflowId) ?? 0) >= MOST) return false;
      isTaken = true;
      add(1);
      return true;
    },
    leave() {
      if (!isTaken) return;
      isTaken = false;
      add(-1);
    },
  };
}
