import type { Cell, Command, Runnable } from '../chapter/chapter.js';
import { outputDiff, outputMatches } from '../record/output.js';
import type { CommandRun } from './command.js';
import type { Judged, Ran, Thrown } from './protocol.js';

/** What came of a cell or command, judged by what the chapter says about it. */
export type Verdict =
  | { status: 'passed'; printed: string }
  /** It ran, but printed something else: a new recording would mend it, if it is meant. */
  | { status: 'differs'; printed: string; message: string }
  /** It did not do what it is there for, so what follows cannot be trusted. */
  | { status: 'failed'; message: string };

/**
 * Judges a cell.
 *
 * @param file - path of the chapter, which messages name
 */
export function judgeCell(file: string, cell: Cell, ran: Ran): Verdict {
  const { throws } = cell;
  const { thrown, lost, stdout } = ran;
  const [first] = lost;
  if (first !== undefined) {
    return failed(lostMessage(file, cell, first), first.stack);
  }
  if (throws === undefined) {
    if (thrown === undefined) return judgeOutput(file, cell, stdout);
    return failed(`${placeOf(file, cell, thrown)}: ${titleOf(thrown)}`, thrown.stack, ran.stderr);
  }
  const place = `${file}:${cell.line}`;
  if (thrown === undefined) return failed(`${place}: must throw ${throws}, but did not throw`);
  if (thrown.name !== throws && thrown.type !== throws) {
    return failed(`${place}: must throw ${throws}, but threw ${titleOf(thrown)}`, thrown.stack);
  }
  const printed = `${stdout}${throws}: ${thrown.message}`;
  return cell.output === undefined
    ? { status: 'passed', printed }
    : judgeOutput(file, cell, printed);
}

/**
 * Judges what the check of an exercise says once one of its cells has answered: red to what the reader
 * starts with, green to the solution.
 *
 * @returns nothing when it is as it should be
 */
export function judgeAnswer(file: string, cell: Cell, judged: Judged): Verdict | undefined {
  const { part, id } = cell.exercise ?? {};
  const { checked, lost } = judged;
  const [first] = lost;
  if (first !== undefined) return failed(lostMessage(file, cell, first), first.stack);
  const place = `${file}:${cell.line}`;
  if (part === 'solution') {
    if (checked.done) return undefined;
    return failed(`${place}: the check is red with the solution: ✗ ${id} ${checked.message}`);
  }
  if (!checked.done) return undefined;
  return failed(`${place}: the check of ${id} is green before the reader has done anything`);
}

/** Judges a command by its exit code and its standard output. */
export function judgeCommand(file: string, command: Command, run: CommandRun): Verdict {
  const place = `${file}:${command.line}`;
  if (run.exitCode === undefined) return failed(`${place}: took too long`, run.stdout, run.stderr);
  if (run.exitCode !== 0) {
    return failed(`${place}: exit code ${run.exitCode}`, run.stdout, run.stderr);
  }
  return judgeOutput(file, command, run.stdout);
}

/** Says where a rejection that nobody awaited came from. */
export function lostMessage(file: string, near: { line: number }, thrown: Thrown): string {
  return `${placeOf(file, near, thrown)}: rejected in the background, awaited by nobody: ${titleOf(thrown)}`;
}

function judgeOutput(file: string, block: Runnable, printed: string): Verdict {
  const expected = block.output ?? { pattern: '', vary: undefined };
  if (outputMatches(expected, printed)) return { status: 'passed', printed };
  const diff = outputDiff(expected, printed);
  const message =
    block.output === undefined
      ? `${file}:${block.line}: prints what the chapter does not show\n${diff}\nPut an empty \`text output\` fence below it, then \`npm run record\`.`
      : `${file}:${block.output.line}: prints something else (- chapter, + this run)\n${diff}`;
  return { status: 'differs', printed, message };
}

/** The line of the chapter that threw, as far as the stack tells, else the block's own. */
function placeOf(file: string, near: { line: number }, { stack }: Thrown): string {
  const at = stack.indexOf(`/${file}:`);
  const line = at === -1 ? Number.NaN : Number.parseInt(stack.slice(at + file.length + 2), 10);
  return `${file}:${Number.isNaN(line) ? near.line : line}`;
}

function titleOf({ name, type, message }: Thrown): string {
  return `${type ?? name}: ${message}`;
}

function failed(message: string, ...details: string[]): Verdict {
  const shown = [message, ...details.filter((detail) => detail.trim() !== '')];
  return { status: 'failed', message: shown.join('\n') };
}
