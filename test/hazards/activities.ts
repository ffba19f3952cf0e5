import { Context } from '@temporalio/activity';
import type { StreamModule } from './implementation.js';

/** The activities of the hazards, with the client of one package. */
export interface Activities {
  speakTwice(resume: boolean): Promise<void>;
}

/** Makes them. */
export function activitiesOf({ WorkflowStreamClient }: StreamModule): Activities {
  return {
    /** Publishes 1, 2 and 3, and fails after 2 at its first attempt. */
    async speakTwice(resume) {
      await using stream = WorkflowStreamClient.fromWithinActivity({ resume });
      const topic = stream.topic<number>('a');
      topic.publish(1);
      topic.publish(2);
      await stream.flush();
      if (Context.current().info.attempt === 1) throw new Error('as planned');
      topic.publish(3);
    },
  };
}
