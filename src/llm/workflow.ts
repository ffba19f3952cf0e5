import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import { WorkflowStream } from 'streambook/workflow';
import type * as activities from './activities.js';
import { type LlmInput, MAX_ATTEMPTS } from './events.js';

// #region llm-workflow
const { streamCompletion } = proxyActivities<typeof activities>({
  // A worker that was killed is noticed three seconds after its last sign of life.
  heartbeatTimeout: '3 seconds',
  startToCloseTimeout: '5 minutes',
  // Also ends the wait for a worker, when there is none.
  scheduleToCloseTimeout: '20 minutes',
  // What a cancelled attempt has to say still comes before the end of the workflow.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { maximumAttempts: MAX_ATTEMPTS, initialInterval: '1 second' },
});

/**
 * Puts a question to a model, and hosts the stream on which the answer is heard as it is written.
 *
 * @returns the answer, as the attempt that succeeded gave it
 */
export async function llmWorkflow(input: LlmInput): Promise<string> {
  new WorkflowStream();
  return streamCompletion(input);
}
// #endregion llm-workflow
