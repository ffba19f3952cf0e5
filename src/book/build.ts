import { join } from 'node:path';
import { type Book, loadDraft } from './book.js';
import { BookError, type Problem } from './problem.js';
import { ownAssets } from './render/assets.js';
import { keepColours } from './render/colours.js';
import { dataScripts } from './render/data.js';
import { filePages } from './render/file-pages.js';
import { createHighlight } from './render/highlight.js';
import { chapterPages, coverPage } from './render/pages.js';
import { printPage } from './render/print-page.js';
import { symbolsPage } from './render/symbols-page.js';
import { createTextRenderer } from './render/text.js';
import { copiesOf, writeSite } from './render/write.js';
import type { BookTypes } from './types/cache.js';

/** How {@link createBuilder} goes about it. */
export interface BuilderOptions {
  /**
   * Names of scripts in `assets/` that every page loads; who names them puts them there.
   * @defaultValue none: the static book needs none
   */
  scripts?: readonly string[];
  /** Finds the types of the names in the code. @defaultValue pages show none */
  typesOf?: (book: Book) => BookTypes;
  /**
   * Whether a book that its author has not finished is built all the same: for who is writing it.
   * @defaultValue false
   */
  isDraft?: boolean;
}

/** What came of a build. */
export interface Build {
  pages: number;
  /** What the author of a draft has still to do; of another book, nothing. */
  unfinished: readonly Problem[];
  /** Reading, checking and finding types, in milliseconds. */
  readMs: number;
  renderMs: number;
  writeMs: number;
  totalMs: number;
}

/** Builds a book again and again, keeping what is costly to prepare. */
export interface Builder {
  /**
   * Builds the book as it is on disk now.
   *
   * @throws BookError naming every mistake; then nothing is written
   */
  build(): Promise<Build>;
}

/** Builds a book once. See {@link createBuilder}. */
export function buildBook(
  root: string,
  outDir: string,
  options: BuilderOptions = {},
): Promise<Build> {
  return createBuilder(root, outDir, options).build();
}

/**
 * Prepares to build a book. The first build loads the highlighter, which takes about a second; later
 * ones take some tens of milliseconds.
 *
 * @param root - folder that holds `book.config.json`
 * @param outDir - absolute path of the folder for the pages; it is made when missing
 */
export function createBuilder(
  root: string,
  outDir: string,
  { scripts = [], typesOf = () => new Map(), isDraft = false }: BuilderOptions = {},
): Builder {
  const colours = keepColours(join(root, '.streambook', 'colours.json'));
  const highlight = createHighlight(colours);
  const render = createTextRenderer(highlight);
  return {
    async build() {
      const clock = startClock();
      const { book, unfinished } = loadDraft(root);
      if (unfinished.length > 0 && !isDraft) throw new BookError(unfinished);
      const types = typesOf(book);
      const readMs = clock();

      const copies = copiesOf(book);
      const own = await ownAssets();
      const pages = new Map([
        ...coverPage(book, scripts),
        ...chapterPages(book, types, render, scripts),
        ...printPage(book, render, own, copies),
        ...filePages(book, highlight, scripts),
        ...symbolsPage(book, scripts),
      ]);
      const assets = new Map([...own, ...dataScripts(book, types)]);
      const renderMs = clock();

      writeSite(outDir, { pages, assets, copies });
      colours.save();
      const writeMs = clock();
      const totalMs = readMs + renderMs + writeMs;
      return { pages: pages.size, unfinished, readMs, renderMs, writeMs, totalMs };
    },
  };
}

/** @returns a function that tells the milliseconds since it was last called */
function startClock(): () => number {
  let last = performance.now();
  return () => {
    const elapsed = performance.now() - last;
    last += elapsed;
    return elapsed;
  };
}
