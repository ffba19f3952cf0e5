import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../lab/write.js';
import { type Chapter, type Runnable, runnables } from '../chapter/chapter.js';
import { BookError, type Problem } from '../problem.js';

/** Where it is written when each chapter ran, relative to the root. */
export const RUNS_FILE = 'chapters/runs.json';

/** The run in which the outputs of a chapter were recorded. */
export interface ChapterRun {
  /** The day, in UTC, `2026-11-30`. */
  date: string;
  /** What it ran on: versions by what they are versions of. */
  versions: Readonly<Record<string, string>>;
  /** Names its cells and commands with their outputs: a digest of each, in order. */
  cells: string;
}

/** Recorded runs, by the chapters' slugs. A chapter that was never recorded has none. */
export type Runs = ReadonlyMap<string, ChapterRun>;

/**
 * Reads the recorded runs of a book; none when the file is missing.
 *
 * @throws BookError when the file is no JSON
 */
export function readRuns(root: string): Runs {
  const path = join(root, RUNS_FILE);
  if (!existsSync(path)) return new Map();
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8'))));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const hint = 'After a merge, take either side and let `npm run record` write it anew.';
    throw new BookError([{ file: RUNS_FILE, line: 1, message: `cannot be read: ${reason}`, hint }]);
  }
}

/** Writes runs in the order of their slugs. @returns whether the file has changed */
export function writeRuns(root: string, runs: Runs): boolean {
  const sorted = [...runs].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify(Object.fromEntries(sorted), null, 2);
  return writeWhole(join(root, RUNS_FILE), `${text}\n`);
}

/** The run of a chapter as it is written now. */
export function runOf(
  chapter: Chapter,
  date: string,
  versions: ChapterRun['versions'],
): ChapterRun {
  return { date, versions, cells: digestsOf(chapter).join(' ') };
}

/**
 * Tells where a chapter is not as it was when it ran: the first cell or command that was changed, added
 * or taken away since, or whose output was. A run of an older text says nothing about this one.
 */
export function staleProblems(chapter: Chapter, runs: Runs): Problem[] {
  const blocks = runnables(chapter);
  const run = runs.get(chapter.slug);
  const hint = `Let \`npm run record ${chapter.slug}\` run the chapter.`;
  const problem = (block: Runnable | undefined, message: string): Problem[] => [
    { file: chapter.file, line: block?.line ?? 1, message, hint },
  ];
  if (run === undefined) {
    return blocks.length === 0 ? [] : problem(blocks[0], 'the chapter was never recorded');
  }
  const now = digestsOf(chapter);
  const then = run.cells === '' ? [] : run.cells.split(' ');
  const first = now.findIndex((digest, index) => digest !== then[index]);
  if (first !== -1) {
    const block = blocks[first];
    const what = `${block?.kind ?? 'cell'}${block?.output === undefined ? '' : ' or its output'}`;
    return problem(
      block,
      `this ${what} has changed since the chapter was recorded, on ${run.date}`,
    );
  }
  if (now.length === then.length) return [];
  return problem(blocks.at(-1), `cells after this one are gone since ${run.date}`);
}

/** Eight digits are enough to tell a block from what it was. */
function digestsOf(chapter: Chapter): string[] {
  return runnables(chapter).map((block) => {
    const { kind, code, output } = block;
    const expected = block.kind === 'cell' ? [block.throws, block.exercise] : [];
    const told = JSON.stringify([kind, code, ...expected, output?.pattern, output?.vary]);
    return createHash('sha256').update(told).digest('hex').slice(0, 8);
  });
}
