import type { Client, WorkflowHandle } from '@temporalio/client';
import type { LlmInput } from './events.js';
import type { llmWorkflow } from './workflow.js';

/** The task queue of this scenario alone, so that only the process that polls it needs the key. */
export const LLM_TASK_QUEUE = 'llm';

/** @see https://platform.openai.com/docs/models/gpt-5-mini */
export const DEFAULT_MODEL = 'gpt-5-mini';

export const DEFAULT_PROMPT =
  'Compare Paxos, Raft and Viewstamped Replication in about 500 words: how each elects a leader, ' +
  'how it replicates its log, how it changes its membership, and when to choose which.';

/** Most characters of a prompt; far more than a person types, far less than a signal may carry. */
export const MAX_PROMPT_LENGTH = 20_000;

/** Most characters of a model's name; a local one may be a path. */
export const MAX_MODEL_LENGTH = 200;

/** What to ask, and who is to ask it. */
export interface LlmOptions extends Partial<LlmInput> {
  /** @defaultValue {@link LLM_TASK_QUEUE} */
  taskQueue?: string;
}

// #region start-llm
/**
 * Puts a question to a model under the workflow id `llm-<id>`.
 *
 * @throws RangeError when the prompt or the model's name is empty or too long
 * @throws WorkflowExecutionAlreadyStartedError when that workflow is running
 */
export async function startLlm(
  client: Client,
  id: string,
  { taskQueue = LLM_TASK_QUEUE, ...question }: LlmOptions = {},
): Promise<WorkflowHandle<typeof llmWorkflow>> {
  const { prompt = DEFAULT_PROMPT, model = DEFAULT_MODEL } = question;
  checkQuestion(prompt, model);
  return client.workflow.start<typeof llmWorkflow>('llmWorkflow', {
    workflowId: `llm-${id}`,
    taskQueue,
    args: [{ ...question, prompt, model }],
  });
}
// #endregion start-llm

/** @throws RangeError saying what is wrong with the prompt or the model's name */
export function checkQuestion(prompt: string, model: string): void {
  if (prompt.trim() === '') throw new RangeError('The prompt is empty. Ask something.');
  if (prompt.length > MAX_PROMPT_LENGTH) {
    throw new RangeError(
      `The prompt has ${prompt.length} characters, and ${MAX_PROMPT_LENGTH} is the most.`,
    );
  }
  if (!/^[\x21-\x7e]+$/.test(model) || model.length > MAX_MODEL_LENGTH) {
    throw new RangeError(
      `A model's name is 1 to ${MAX_MODEL_LENGTH} letters, digits and signs without spaces, as gpt-5-mini or qwen2.5:0.5b.`,
    );
  }
}
