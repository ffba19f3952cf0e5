import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Chapter, chapterFile, excerpts } from './chapter/chapter.js';
import { figureProblems } from './chapter/figures.js';
import { checkLinks } from './chapter/links.js';
import { type ParsedChapter, parseChapter } from './chapter/parse.js';
import { type Measurements, quoteProblems, readMeasurements } from './chapter/quotes.js';
import {
  type BookConfig,
  type ChapterEntry,
  CONFIG_FILE,
  chapterEntries,
  loadConfig,
} from './config.js';
import { BookError, type Problem, sortProblems } from './problem.js';
import { recordingProblems } from './record/recordings.js';
import { type Runs, readRuns, staleProblems } from './record/runs.js';
import { coverageProblems } from './source/coverage.js';
import { excerptProblems } from './source/excerpts.js';
import { type Shown, shownRegions } from './source/placement.js';

/** A book in memory: everything that pages, doctests and notebooks are made from. */
export interface Book {
  /** Absolute path of the folder that holds `book.config.json`. */
  root: string;
  config: BookConfig;
  chapters: Chapter[];
  /** Which chapter shows which region of which source file. */
  shown: Shown;
  /** When each chapter was run for its outputs, and on what. */
  runs: Runs;
}

/** What was read, and what is wrong with it. */
export interface LoadedBook {
  book: Book;
  /** Mistakes in the text of single chapters: roles, panels, HTML. */
  problems: Problem[];
}

/**
 * Reads the configuration and all chapters.
 *
 * @param root - folder that holds `book.config.json`
 * @throws BookError when the configuration cannot be read; mistakes in chapters are returned
 */
export function loadBook(root: string): LoadedBook {
  const config = loadConfig(root);
  const problems: Problem[] = [];
  const chapters = chapterEntries(config).flatMap((entry) => {
    const parsed = readChapter(root, entry, config);
    problems.push(...parsed.problems);
    return 'chapter' in parsed ? [parsed.chapter] : [];
  });
  const shown = shownRegions(chapters);
  return { book: { root, config, chapters, shown, runs: readRuns(root) }, problems };
}

/**
 * Reads a book that must be right as far as text and source files tell: roles, excerpts, links. What
 * needs a compiler or a server is left to `check` and to the doctest.
 *
 * @throws BookError naming every problem
 */
export function loadSoundBook(root: string): Book {
  const { book, unfinished } = loadDraft(root);
  if (unfinished.length > 0) throw new BookError(unfinished);
  return book;
}

/**
 * Reads a book that is being written: its pages can be made, and what its author has still to do is
 * returned.
 *
 * @throws BookError naming every mistake, after which no page would be right
 */
export function loadDraft(root: string): { book: Book; unfinished: Problem[] } {
  const { book, problems } = loadBook(root);
  const mistakes = [...problems, ...sourceProblems(book)];
  const unfinished = sortProblems(unfinishedIn(book));
  if (mistakes.length > 0) throw new BookError(sortProblems([...mistakes, ...unfinished]));
  return { book, unfinished };
}

/** Outputs of a run that was not this chapter's, and lines of the core that no chapter shows. */
export function unfinishedIn(book: Book): Problem[] {
  const stale = book.chapters.flatMap((chapter) => staleProblems(chapter, book.runs));
  return [...stale, ...coverageProblems(book)];
}

/**
 * Excerpts that differ from their source, links that lead nowhere, figures that no page shows,
 * recordings that cannot be shown, and quoted numbers that are not what was measured.
 */
export function sourceProblems(book: Book): Problem[] {
  const { root, chapters } = book;
  const differing = chapters.flatMap((chapter) =>
    excerpts(chapter).flatMap((excerpt) => excerptProblems(book, chapter, excerpt)),
  );
  const measured = measurementsOf(book);
  return [
    ...differing,
    ...checkLinks(root, chapters),
    ...chapters.flatMap(figureProblems),
    ...recordingProblems(book),
    ...chapters.flatMap((chapter) => quoteProblems(chapter, measured)),
  ];
}

/** What the prose of a book may quote: nothing, when its configuration names no measurements. */
export function measurementsOf({ root, config }: Book): Measurements {
  return config.measurements ? readMeasurements(root, config.measurements) : new Map();
}

function readChapter(
  root: string,
  entry: ChapterEntry,
  { scenarios, recordings = {} }: BookConfig,
): ParsedChapter | { problems: Problem[] } {
  const file = chapterFile(entry.slug);
  if (!existsSync(join(root, file))) {
    const message = `lists chapter "${entry.slug}", but there is no ${file}`;
    return { problems: [{ file: CONFIG_FILE, line: 1, message }] };
  }
  const { chapter, problems } = parseChapter(
    entry.slug,
    readFileSync(join(root, file), 'utf8'),
    scenarios,
    Object.keys(recordings),
  );
  if (chapter.title === entry.title) return { chapter, problems };
  const line = chapter.headings[0]?.line ?? 1;
  const message = `is titled "${chapter.title}" here and "${entry.title}" in ${CONFIG_FILE}`;
  return { chapter, problems: [...problems, { file, line, message }] };
}
