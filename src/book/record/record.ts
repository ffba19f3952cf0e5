import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ShownFigure } from '../../lab/show.js';
import { writeWhole } from '../../lab/write.js';
import { type Book, loadBook, measurementsOf } from '../book.js';
import { type Chapter, excerpts, type Runnable, runnables } from '../chapter/chapter.js';
import { writeFigures } from '../chapter/figures.js';
import { type Measurements, quotesOf, requoted } from '../chapter/quotes.js';
import { type Doctest, openDoctest } from '../doctest/doctest.js';
import { writeNotebooks } from '../notebook/write.js';
import { BookError, type Problem } from '../problem.js';
import { excerptName, excerptProblems, readExcerpt } from '../source/excerpts.js';
import { BASE_VERSIONS } from './lab.js';
import { mergeOutput } from './output.js';
import { writeRecordings } from './recordings.js';
import { type ChapterRun, RUNS_FILE, type Runs, runOf, writeRuns } from './runs.js';

/** How {@link recordBook} goes about it. */
export interface RecordOptions {
  /**
   * Whether figures that are there already are drawn anew.
   * @defaultValue false
   */
  figures?: boolean;
  /**
   * Whether runs that are recorded already are recorded anew.
   * @defaultValue false
   */
  recordings?: boolean;
  /**
   * What the chapters run on beside Node and the compiler, for the runs that are written down.
   * @defaultValue nothing
   */
  versions?: ChapterRun['versions'];
  /** The day of the run, `2026-11-30`. @defaultValue today, in UTC */
  date?: string;
}

/** Lines of a chapter that get a new content. */
interface Edit {
  /** The first line and the one after the last, from 1. */
  from: number;
  to: number;
  content: string;
  /** The line to tell the author. */
  line: number;
  /** What changed, for the author. */
  what: string;
}

/**
 * Brings chapters up to date with the code: runs them, rewrites outputs that no longer match, copies
 * excerpts from their sources, draws the figures and records the runs that are missing, writes all
 * notebooks anew, and writes down when each chapter ran and on what. When a cell fails, nothing is written.
 *
 * @param root - folder that holds the book
 * @param slug - the one chapter to run; all when left out
 * @returns a line for each change, `chapters/01-order.md:42: output`
 * @throws BookError naming cells that fail, and mistakes that leave no sense in running them
 */
export async function recordBook(
  root: string,
  slug?: string,
  options: RecordOptions = {},
): Promise<string[]> {
  const { book, problems } = loadBook(root);
  const chosen = book.chapters.filter((chapter) => slug === undefined || chapter.slug === slug);
  if (slug !== undefined && chosen.length === 0) {
    const known = book.chapters.map((chapter) => chapter.slug).join(', ');
    problems.push({
      file: 'book.config.json',
      line: 1,
      message: `has no chapter "${slug}"; it has ${known}`,
    });
  }
  problems.push(...chosen.flatMap((chapter) => missingSources(book, chapter)));
  if (problems.length > 0) throw new BookError(problems);

  const changes: string[] = [];
  const edited = [];
  const figures: ShownFigure[] = [];
  for (const chapter of chosen) {
    const run = await recordRun(root, chapter);
    edited.push({ chapter, edits: [...excerptEdits(book, chapter), ...run.edits] });
    figures.push(...run.figures);
  }
  const measured = measurementsOf(book);
  for (const { chapter, edits } of edited) changes.push(...write(root, chapter, edits, measured));
  const keeps = options.figures ? () => false : existsSync;
  changes.push(...writeFigures(root, figures, keeps));
  const isKept = options.recordings ? () => false : existsSync;
  changes.push(...(await writeRecordings(book, chosen, isKept)));
  const recorded = loadBook(root).book;
  const slugs = chosen.map((chapter) => chapter.slug);
  if (writeRuns(root, runsAfter(recorded, slugs, options))) changes.push(`${RUNS_FILE}: written`);
  return [...changes, ...writeNotebooks(recorded)];
}

/** The runs of a book of which some chapters have just run. */
function runsAfter({ chapters, runs }: Book, slugs: string[], options: RecordOptions): Runs {
  const { versions = {}, date = new Date().toISOString().slice(0, 10) } = options;
  const entries = chapters.flatMap((chapter): [string, ChapterRun][] => {
    if (runnables(chapter).length === 0) return [];
    const run = slugs.includes(chapter.slug)
      ? runOf(chapter, date, { ...BASE_VERSIONS, ...versions })
      : runs.get(chapter.slug);
    return run === undefined ? [] : [[chapter.slug, run]];
  });
  return new Map(entries);
}

/**
 * Copies excerpts from their sources into all chapters, and writes all notebooks anew, without running
 * anything: for whoever has changed code that chapters show.
 *
 * @returns a line for each change
 * @throws BookError naming excerpts whose source is missing, and other mistakes in the text
 */
export function copyExcerpts(root: string): string[] {
  const { book, problems } = loadBook(root);
  problems.push(...book.chapters.flatMap((chapter) => missingSources(book, chapter)));
  if (problems.length > 0) throw new BookError(problems);
  const measured = measurementsOf(book);
  const changes = book.chapters.flatMap((chapter) =>
    write(root, chapter, excerptEdits(book, chapter), measured),
  );
  return [...changes, ...writeNotebooks(loadBook(root).book)];
}

function write(
  root: string,
  chapter: Chapter,
  edits: readonly Edit[],
  measured: Measurements,
): string[] {
  const quotes = quoteEdits(chapter, measured);
  writeWhole(join(root, chapter.file), applied(chapter, [...edits, ...quotes]).join('\n'));
  return [...edits, ...quotes].map(({ line, what }) => `${chapter.file}:${line}: ${what}`);
}

function quoteEdits(chapter: Chapter, measured: Measurements): Edit[] {
  const quoting = new Set(quotesOf(chapter).map(({ line }) => line));
  return [...quoting].flatMap((line) => {
    const content = requoted(chapter.lines[line - 1] ?? '', measured);
    if (content === chapter.lines[line - 1]) return [];
    return [{ from: line, to: line + 1, content, line, what: 'a quoted number' }];
  });
}

function missingSources(book: Book, chapter: Chapter): Problem[] {
  return excerpts(chapter)
    .filter((excerpt) => !readExcerpt(book, chapter, excerpt).found)
    .flatMap((excerpt) => excerptProblems(book, chapter, excerpt));
}

function excerptEdits(book: Book, chapter: Chapter): Edit[] {
  return excerpts(chapter).flatMap((block) => {
    const source = readExcerpt(book, chapter, block);
    if (!source.found || source.code === block.code) return [];
    return [{ ...inside(block), content: source.code, what: `excerpt of ${excerptName(block)}` }];
  });
}

/** Runs a chapter. Returns the outputs that have changed, and what the cells drew. */
async function recordRun(
  root: string,
  chapter: Chapter,
): Promise<{ edits: Edit[]; figures: readonly ShownFigure[] }> {
  const doctest = openDoctest(root, chapter);
  try {
    const edits: Edit[] = [];
    for (const block of runnables(chapter))
      edits.push(...(await outputEdit(doctest, chapter, block)));
    const [lost] = await doctest.finish();
    if (lost !== undefined) throw failure(chapter, chapter.lines.length, lost);
    return { edits, figures: doctest.figures() };
  } finally {
    doctest.close();
  }
}

async function outputEdit(doctest: Doctest, chapter: Chapter, block: Runnable): Promise<Edit[]> {
  const outcome = await doctest.outcome(block);
  if (outcome.status === 'passed') return [];
  const { output } = block;
  if (outcome.status !== 'differs' || output === undefined) {
    throw failure(chapter, block.line, outcome.message);
  }
  const content = mergeOutput(output, outcome.printed);
  return [{ ...inside(output), content, what: 'output' }];
}

/** The lines between the fences of a block. */
function inside({
  line,
  endLine,
}: {
  line: number;
  endLine: number;
}): Omit<Edit, 'content' | 'what'> {
  return { from: line + 1, to: endLine - 1, line };
}

function failure({ file }: Chapter, line: number, message: string): BookError {
  return new BookError([{ file, line, message: `nothing was recorded\n${message}` }]);
}

/** From the last edit to the first, so that the lines of the others stay where they are. */
function applied(chapter: Chapter, edits: readonly Edit[]): string[] {
  const lines = [...chapter.lines];
  const lastFirst = [...edits].sort((a, b) => b.from - a.from);
  for (const { from, to, content } of lastFirst) {
    lines.splice(from - 1, to - from, ...(content === '' ? [] : content.split('\n')));
  }
  return lines;
}
