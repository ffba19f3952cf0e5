/**
 * The process in which a chapter's cells run: `session.ts` forks it, one for each chapter, so that a
 * chapter can neither see nor break another one, nor the test that runs it.
 */
// The same modules as `streambook/lab` of the cells: they share the exercises and figures of this process.
import { checkAnswer } from '../../lab/exercise.js';
import { receiveFigures, type ShownFigure } from '../../lab/show.js';
import type { Answer, Request, Thrown } from './protocol.js';

/**
 * How long to wait at the end for a chapter that leaves something open. A chapter that closes what it
 * opened ends by itself and does not wait.
 */
const LINGER_MS = 2_000;

process.setSourceMapsEnabled(true);
const stdout = capture(process.stdout);
const stderr = capture(process.stderr);
let lost: Thrown[] = [];
let figures: ShownFigure[] = [];

receiveFigures((figure) => figures.push(figure));

process.on('unhandledRejection', (reason) => lost.push(asThrown(reason)));
process.on('uncaughtException', (error) => lost.push(asThrown(error)));
process.on('disconnect', () => process.exit(0));
process.on('message', (request: Request) => {
  if (request.type === 'finish') finish();
  else if (request.type === 'check') void check(request.id);
  else void run(request.moduleUrl);
});

async function run(moduleUrl: string): Promise<void> {
  const thrown = await import(moduleUrl).then(
    () => undefined,
    (error: unknown) => asThrown(error),
  );
  await turn();
  const ran = {
    stdout: stdout.take(),
    stderr: stderr.take(),
    lost: takeLost(),
    figures: takeFigures(),
  };
  answer({ type: 'ran', ...ran, ...(thrown === undefined ? {} : { thrown }) });
}

/** What the answer and its check print is for the reader; here only the verdict counts. */
async function check(id: string): Promise<void> {
  const checked = await checkAnswer(id);
  await turn();
  stdout.take();
  stderr.take();
  takeFigures();
  answer({ type: 'checked', checked, lost: takeLost() });
}

/** One turn of the event loop, so that a promise which has already rejected is told with its own cell. */
function turn(): Promise<void> {
  return new Promise((turned) => setImmediate(turned));
}

function finish(): void {
  const report = () => answer({ type: 'finished', lost: takeLost() }, () => process.exit(0));
  process.once('beforeExit', report);
  setTimeout(report, LINGER_MS).unref();
  process.channel?.unref();
}

function answer(message: Answer, sent?: () => void): void {
  process.send?.(message, undefined, undefined, () => sent?.());
}

function takeLost(): Thrown[] {
  const taken = lost;
  lost = [];
  return taken;
}

function takeFigures(): ShownFigure[] {
  const taken = figures;
  figures = [];
  return taken;
}

/** Keeps what is written to an output instead of printing it. */
function capture(output: NodeJS.WriteStream): { take(): string } {
  let text = '';
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const written = rest.find((argument) => typeof argument === 'function');
    written?.();
    return true;
  };
  output.write = write as typeof output.write;
  return {
    take() {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

function asThrown(error: unknown): Thrown {
  if (!(error instanceof Error)) {
    return { name: typeof error, message: String(error), stack: String(error) };
  }
  const type = 'type' in error && typeof error.type === 'string' ? error.type : undefined;
  const { name, message, stack = `${name}: ${message}` } = error;
  return { name, message, stack, ...(type === undefined ? {} : { type }) };
}
