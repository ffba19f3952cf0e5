import type { ShownFigure } from '../../lab/show.js';
import { type Chapter, type Runnable, runnables } from '../chapter/chapter.js';
import { formatProblem } from '../problem.js';
import { runCommand } from './command.js';
import { compileChapters } from './compile.js';
import { openSession, type Session, type SessionOptions } from './session.js';
import { judgeAnswer, judgeCell, judgeCommand, lostMessage, type Verdict } from './verdict.js';

/** A verdict, or the note that there is none because an earlier cell failed. */
export type Outcome = Verdict | { status: 'skipped'; message: string };

/** A chapter being executed. */
export interface Doctest {
  chapter: Chapter;
  /** Executes everything up to and including a block, unless it has been, and tells what came of it. */
  outcome(block: Runnable): Promise<Outcome>;
  /** The figures that cells have shown so far, in order. */
  figures(): readonly ShownFigure[];
  /** How many cells and commands have been executed so far, whatever came of it. */
  ran(): number;
  /** Ends the chapter. Returns what was rejected in the background since its last cell. */
  finish(): Promise<string[]>;
  /** Ends all that is still running. */
  close(): void;
}

/**
 * Compiles a chapter and starts a process for it. Nothing is executed before the first
 * {@link Doctest.outcome}.
 *
 * @param root - folder that holds the book
 */
export function openDoctest(root: string, chapter: Chapter, options?: SessionOptions): Doctest {
  const [compiled = { chapter, cells: [] }] = compileChapters(root, [chapter]);
  const session = openSession(root, compiled, options);
  const blocks = runnables(chapter);
  const outcomes: Promise<Outcome>[] = [];
  const figures: ShownFigure[] = [];
  let count = 0;

  const execute = async (block: Runnable): Promise<Verdict> => {
    const { file } = chapter;
    if (block.kind === 'command') {
      count += 1;
      return judgeCommand(file, block, await runCommand(root, block.code));
    }
    const cell = compiled.cells.find((candidate) => candidate.cell === block);
    if (cell === undefined) throw new Error(`${file}:${block.line} is no cell of this chapter`);
    if (cell.problems.length > 0) {
      return { status: 'failed', message: cell.problems.map(formatProblem).join('\n') };
    }
    count += 1;
    try {
      const ran = await session.run(cell);
      figures.push(...ran.figures);
      const verdict = judgeCell(file, block, ran);
      const { part = 'check', id = '' } = block.exercise ?? {};
      if (part === 'check' || verdict.status === 'failed') return verdict;
      return judgeAnswer(file, block, await session.check(id)) ?? verdict;
    } catch (error) {
      return { status: 'failed', message: `${file}:${block.line}: ${(error as Error).message}` };
    }
  };

  const next = async (block: Runnable, before: Promise<Outcome> | undefined): Promise<Outcome> => {
    const previous = await before;
    if (previous?.status === 'skipped') return previous;
    if (previous?.status === 'failed') {
      const [reason] = previous.message.split('\n');
      return { status: 'skipped', message: `depends on a cell that failed: ${reason}` };
    }
    return execute(block);
  };

  return {
    chapter,
    outcome(block) {
      const index = blocks.indexOf(block);
      for (const due of blocks.slice(outcomes.length, index + 1)) {
        outcomes.push(next(due, outcomes.at(-1)));
      }
      return outcomes[index] ?? Promise.reject(new Error('this block is not of this chapter'));
    },
    figures: () => figures,
    ran: () => count,
    finish: () => finish(session, chapter),
    close: () => session.close(),
  };
}

async function finish(session: Session, chapter: Chapter): Promise<string[]> {
  const lastLine = { line: chapter.lines.length };
  const lost = await session.finish();
  return lost.map((thrown) => lostMessage(chapter.file, lastLine, thrown));
}
