/** The workflows that every side runs, whatever they keep their items in. */
import { condition, defineSignal, setHandler } from '@temporalio/workflow';
import { GO_SIGNAL, TOPIC } from './names.js';

/** What a workflow publishes to: the same of both packages. */
export interface Host {
  topic(name: string): { publish(value: unknown): void };
}

/** Resolves when the workflow is told to go on. */
export function told(): Promise<void> {
  let isTold = false;
  setHandler(defineSignal(GO_SIGNAL), () => {
    isTold = true;
  });
  return condition(() => isTold);
}

/**
 * The workflows around a host.
 *
 * @param open - constructs the host, which answers from then on
 */
export function workflowsOf(open: () => Host) {
  return {
    /** Hosts a stream until it is told to go on. */
    async hosting(): Promise<void> {
      open();
      await told();
    },
    /** Publishes and returns in the same breath: at once, or when it is told to go on. */
    async finishing(items: number, isPatient: boolean): Promise<void> {
      const topic = open().topic(TOPIC);
      if (isPatient) await told();
      for (let n = 0; n < items; n++) topic.publish({ n });
    },
  };
}
