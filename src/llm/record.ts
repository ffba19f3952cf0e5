/** Records an answer of chapter 5 for the book, whose worker is killed half-way, and prints the recording. */
import { randomBytes } from 'node:crypto';
import { WorkflowStreamClient } from 'streambook/client';
import { recordRun, startWorker, type WorkerProcess } from 'streambook/lab';
import { ANSWER_TOPICS, type AnswerEvent } from './events.js';
import { startLlm } from './start.js';

/** A script and no model, so that it costs nothing, and slow enough to be watched. */
const MODEL = 'scripted:short,slow';
/** The worker is killed when so many pieces of the answer have come. */
const PIECES = 5;
/** Nobody else's worker is to go on with the answer. */
const taskQueue = `llm-${randomBytes(3).toString('hex')}`;

await recordRun<AnswerEvent>(
  'llm',
  async ({ client, server, worker }, record, newId) => {
    // A worker's first answer waits for its code to be loaded.
    await (await startLlm(client, newId(), { model: 'scripted:short,fast', taskQueue })).result();
    const answer = await startLlm(client, newId(), { model: MODEL, taskQueue });
    const recorder = record(answer, {
      title: 'An answer whose worker is killed half-way',
      topics: ['start', 'delta', 'retry', 'complete'],
      readers: ['reader'],
      participants: ['reader', 'answer', 'attempt'],
      host: 'answer',
      starter: 'reader',
      activityName: () => 'attempt',
      textOf: ({ data }) => textOf(data),
      attemptOf: ({ data }) => data.attempt,
    });
    const stream = WorkflowStreamClient.create(client, answer.workflowId);
    const events = stream.subscribe<AnswerEvent>(ANSWER_TOPICS, 0, { resultType: true });
    let pieces = 0;
    let successor: Promise<WorkerProcess> | undefined;
    for await (const { data } of recorder.hear('reader', events)) {
      if (data.kind !== 'delta' || ++pieces !== PIECES) continue;
      worker.kill();
      recorder.note({ kind: 'kill', who: 'worker' });
      successor = startWorker('llm', server, { taskQueue });
      // Whoever waits for it is told; until then its failure is nobody's.
      successor.catch(() => {});
    }
    const recording = await recorder.finish((heard) => {
      const began = heard.find((event) => event.kind === 'attempt');
      const killed = heard.find((event) => event.kind === 'kill');
      if (!began || !killed) return [];
      return [{ who: 'attempt', from: began.at, to: killed.at, text: 'attempt 1' }];
    });
    await (await successor)?.stop();
    return recording;
  },
  { taskQueue },
);

function textOf(event: AnswerEvent): string {
  switch (event.kind) {
    case 'start':
      return event.model;
    case 'delta':
      return JSON.stringify(event.text);
    case 'complete':
      return event.finish;
    case 'retry':
      return 'the answer begins anew';
    case 'failed':
      return event.reason;
  }
}
