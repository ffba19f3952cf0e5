/** Activities that publish through the client they are given. */
import { Context } from '@temporalio/activity';
import type { StreamClientClass } from './clients.js';

/** Longer than any test waits: what is published arrives for another reason than this interval. */
export const NEVER = '10 minutes';

/** The activities of the suite. */
export type Activities = ReturnType<typeof activitiesWith>;

/** Makes the activities for one of the two clients. */
export function activitiesWith(Client: StreamClientClass) {
  return {
    /** Publishes numbers to the workflow that called; only leaving the scope sends them. */
    async countToLeave(count: number): Promise<void> {
      await using stream = Client.fromWithinActivity({ batchInterval: NEVER });
      const topic = stream.topic<number>('activity');
      for (let n = 0; n < count; n++) topic.publish(n);
    },

    /** Publishes numbers to the workflow that called, each in a batch of its own. */
    async countOneByOne(count: number): Promise<void> {
      await using stream = Client.fromWithinActivity({ batchInterval: NEVER });
      const topic = stream.topic<number>('activity');
      for (let n = 0; n < count; n++) {
        topic.publish(n);
        await stream.flush();
      }
    },

    /** Publishes to another workflow than the one that called. */
    async countElsewhere(workflowId: string, count: number): Promise<void> {
      await using stream = Client.create(Context.current().client, workflowId);
      for (let n = 0; n < count; n++) stream.topic<number>('from elsewhere').publish(n);
    },
  };
}
