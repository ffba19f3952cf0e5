import { Context } from '@temporalio/activity';
import { WorkflowStreamClient } from 'streambook/client';
import { complete } from './completion.js';
import { type AnswerEvent, type LlmInput, MAX_ATTEMPTS } from './events.js';
import { failureOf } from './failures.js';
import { chooseModel } from './model.js';

/** A third of the heartbeat timeout, so that one that is lost on the way does no harm. */
const HEARTBEAT_MS = 1_000;

// #region stream-completion
/**
 * Lets a model answer, and tells the workflow's stream what it says as it says it.
 *
 * @returns the answer
 * @throws ApplicationFailure of the types that `failures.ts` lists
 */
export async function streamCompletion(input: LlmInput): Promise<string> {
  const { info, cancellationSignal: signal } = Context.current();
  const { attempt, workflowExecution } = info;
  const { prompt, batchMs = 200 } = input;
  using _beating = heartbeats();
  const model = await chooseModel(input.model, process.env);

  await using stream = WorkflowStreamClient.fromWithinActivity({ batchInterval: batchMs });
  const tell = (event: AnswerEvent, forceFlush = batchMs === 0) =>
    stream.topic<AnswerEvent>(event.kind).publish(event, { forceFlush });

  tell({ kind: 'start', attempt, model: model.name, scripted: model.scripted }, true);
  if (attempt > 1) tell({ kind: 'retry', attempt }, true);
  try {
    let answer = '';
    const requestId = `${workflowExecution?.runId}-${attempt}`;
    for await (const { text, finish } of complete(model, { prompt, requestId, signal })) {
      // The first word at once, the others in company.
      if (text !== '') tell({ kind: 'delta', attempt, text }, answer === '' || batchMs === 0);
      if (finish) tell({ kind: 'complete', attempt, finish });
      answer += text;
    }
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureOf(error, model.key);
    const again = !failure.nonRetryable && attempt < MAX_ATTEMPTS;
    tell({ kind: 'failed', attempt, reason: failure.message, again });
    throw failure;
  }
}
// #endregion stream-completion

/** Tells the server every second that this attempt lives, however long the model thinks. */
function heartbeats(): Disposable {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
