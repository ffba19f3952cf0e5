import type { Client, WorkflowHandle } from '@temporalio/client';
import { WorkflowStreamClient } from 'streambook/client';
import {
  ANSWER_TOPICS,
  type Answer,
  type AnswerEvent,
  foldAnswer,
  type LlmOptions,
  NO_ANSWER,
  startLlm,
} from 'streambook/llm';

/** A question that was put, and everything that was told about its answer. */
export interface Asked {
  handle: WorkflowHandle<() => Promise<string>>;
  events: AnswerEvent[];
  answer: Answer;
}

/**
 * Puts a question and listens to the end.
 *
 * @param onEvent - is awaited before the next event is read
 */
export async function askAndListen(
  client: Client,
  options: LlmOptions,
  onEvent: (event: AnswerEvent, handle: WorkflowHandle) => unknown = () => {},
): Promise<Asked> {
  const handle = await startLlm(client, crypto.randomUUID(), options);
  const stream = WorkflowStreamClient.create(client, handle.workflowId);
  const events: AnswerEvent[] = [];
  const items = stream.subscribe<AnswerEvent>(ANSWER_TOPICS, 0, { resultType: true });
  for await (const { data } of items) {
    events.push(data);
    await onEvent(data, handle);
  }
  return { handle, events, answer: events.reduce(foldAnswer, NO_ANSWER) };
}

/** Why the workflow failed. */
export async function failureOf({ handle }: Asked): Promise<{ type?: string; message: string }> {
  const error = await handle.result().then(
    () => new Error('the workflow did not fail'),
    (reason: Error) => reason,
  );
  let cause = error;
  while (cause.cause instanceof Error) cause = cause.cause;
  return cause;
}
