/** An agent as an application of the official packages has it: nothing in here names ours. */
import { Agent } from '@openai/agents-core';
import { TemporalOpenAIRunner } from '@temporalio/openai-agents/workflow';
import { WorkflowStream } from '@temporalio/workflow-streams/workflow';

/** Asks the agent and returns its answer; what the model says on the way is on the topic `model`. */
export async function askAgent(question: string): Promise<string> {
  const status = new WorkflowStream().topic<string>('status');
  status.publish('asked');
  const runner = new TemporalOpenAIRunner({
    defaultModelParams: {
      streamingTopic: 'model',
      streamingBatchInterval: '10 milliseconds',
      retry: { maximumAttempts: 1 },
    },
  });
  const agent = new Agent({ name: 'Clerk', instructions: 'Answer in one sentence.', model: 'any' });
  const answer = await runner.run(agent, question, { stream: true });
  await answer.completed;
  status.publish('answered');
  return answer.finalOutput ?? '';
}
