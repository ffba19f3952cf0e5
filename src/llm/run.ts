/** `npm run llm`: a model's answer, shown as it is written, whatever happens to the worker. */
import { randomBytes } from 'node:crypto';
import { WorkflowStreamClient } from 'streambook/client';
import {
  asUsage,
  type Lab,
  openLab,
  runCommand,
  startWorker,
  type WorkerProcess,
} from 'streambook/lab';
import { type Answer, foldAnswer, NO_ANSWER } from './answer.js';
import { ANSWER_TOPICS, type AnswerEvent } from './events.js';
import { type CommandOptions, readOptions } from './options.js';
import { pipePaper } from './paper/pipe.js';
import { printable } from './paper/printable.js';
import { markOf, type Paper, render } from './paper/render.js';
import { screenPaper } from './paper/screen.js';
import { DEFAULT_MODEL, LLM_TASK_QUEUE, startLlm } from './start.js';

const USAGE = `Usage: npm run llm [-- --prompt TEXT] [--model NAME] [--kill-after DURATION]

  --prompt TEXT          what to ask; a comparison of three consensus protocols otherwise
  --model NAME           which model to ask; ${DEFAULT_MODEL} otherwise. The models called
                         scripted, scripted:fast and scripted:short are not models but a script
  --kill-after DURATION  kill the worker so long after the first word, and start another;
                         a duration is a number with ms, s or m, as 3s

Set OPENAI_API_KEY for a model of OpenAI, OPENAI_BASE_URL for one of any other server with
the same protocol. Without either, a script answers.`;

/** What to ask, under which id, and on whose task queue. */
interface Question extends CommandOptions {
  id: string;
  taskQueue: string;
}

/** Most characters of the prompt that the header repeats. */
const PROMPT_SHOWN = 60;

function write(text: string): void {
  if (process.stdout.writable) process.stdout.write(text);
}

function choosePaper(): Paper {
  const { stdout, env } = process;
  if (!stdout.isTTY || env.TERM === 'dumb') return pipePaper();
  return screenPaper(() => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }));
}

/** Kills the lab's worker when told, and starts another one. */
function workerKiller(lab: Lab, taskQueue: string) {
  const failure = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let successor: Promise<WorkerProcess | undefined> | undefined;
  const kill = (onKill: (line: string) => void): void => {
    lab.worker.kill('SIGKILL');
    onKill(markOf(`worker ${lab.worker.pid} is killed; starting another`));
    successor = startWorker('llm', lab.server, { taskQueue }).catch((error: Error) => {
      failure.abort(error);
      return undefined;
    });
  };
  return {
    /** Aborted when no other worker could be started. */
    failed: failure.signal,
    killAfter(ms: number, onKill: (line: string) => void): void {
      timer ??= setTimeout(kill, ms, onKill);
    },
    async [Symbol.asyncDispose](): Promise<void> {
      clearTimeout(timer);
      await (await successor)?.stop();
    },
  };
}

/** Shows the answer until the workflow has ended, or nobody wants it any more. */
async function follow(
  stream: WorkflowStreamClient,
  paper: Paper,
  signal: AbortSignal,
  onChange: (answer: Answer) => void,
): Promise<Answer> {
  const events = stream.subscribe<AnswerEvent>(ANSWER_TOPICS, 0, { resultType: true, signal });
  let answer = NO_ANSWER;
  for await (const { data } of events) {
    const before = answer;
    answer = foldAnswer(before, data);
    if (!before.model && answer.model) write(`model    ${nameOf(answer)}\n\n`);
    write(render(paper, before, answer));
    onChange(answer);
  }
  return answer;
}

function nameOf({ model = '', scripted }: Answer): string {
  return `${printable(model)}${scripted ? ' (a script answers, not a model; see --help)' : ''}`;
}

function lastLine({ text, finish, attempt }: Answer): string {
  const words = text.split(/\s+/).filter(Boolean).length;
  const cut = finish === 'length' ? ', cut at the limit of the model' : '';
  return markOf(`complete in attempt ${attempt}: ${words} words${cut}, as the workflow’s result`);
}

async function ask(lab: Lab, question: Question, unwanted: AbortSignal): Promise<void> {
  const { id, prompt, model, taskQueue, killAfterMs } = question;
  const handle = await startLlm(lab.client, id, { prompt, model, taskQueue });
  const shown = printable(prompt).replace(/\s+/g, ' ');
  write(`workflow ${handle.workflowId}\n`);
  write(`prompt   ${shown.slice(0, PROMPT_SHOWN)}${shown.length > PROMPT_SHOWN ? '…' : ''}\n`);

  await using killer = workerKiller(lab, taskQueue);
  const paper = choosePaper();
  const stream = WorkflowStreamClient.create(lab.client, handle.workflowId);
  const leave = AbortSignal.any([unwanted, killer.failed]);
  const answer = await follow(stream, paper, leave, ({ status }) => {
    if (killAfterMs === undefined || status !== 'writing') return;
    killer.killAfter(killAfterMs, (line) => write(paper.aside(line)));
  });
  if (leave.aborted) {
    // Left alone, it would ask the model again as soon as a worker comes.
    await handle.terminate('The reader has left.').catch(() => {});
    killer.failed.throwIfAborted();
    return;
  }
  const result = await handle.result().finally(() => write(paper.end()));
  if (answer.text !== result) throw new Error('The text shown is not the workflow’s result.');
  write(`${lastLine(answer)}\n`);
}

await runCommand(USAGE, async (stopSignal) => {
  const options = asUsage(() => readOptions(process.argv.slice(2)));
  const unwanted = stopSignal();
  const id = randomBytes(3).toString('hex');
  // A worker that is to be killed must be the only one: another would go on with the answer.
  const taskQueue = options.killAfterMs === undefined ? LLM_TASK_QUEUE : `${LLM_TASK_QUEUE}-${id}`;
  await using lab = await openLab('llm', { taskQueue });
  if (!unwanted.aborted) await ask(lab, { ...options, id, taskQueue }, unwanted);
});
