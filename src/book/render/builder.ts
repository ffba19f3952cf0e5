import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeWhole } from '../../lab/write.js';
import { type Book, loadSoundBook } from '../book.js';
import { hasNotebook } from '../chapter/chapter.js';
import { figureFiles } from '../chapter/figures.js';
import { notebookFile } from '../notebook/generate.js';
import type { BookTypes } from '../types/cache.js';
import { ownAssets } from './assets.js';
import { keepColours } from './colours.js';
import { dataScripts } from './data.js';
import { filePages } from './file-pages.js';
import { createHighlight } from './highlight.js';
import {
  NOTEBOOKS_FOLDER,
  PRINT_PAGE,
  pageFigure,
  pageName,
  pageNotebook,
  SYMBOLS_PAGE,
} from './layout.js';
import { chapterPage, coverPage } from './pages.js';
import { printPage } from './print-page.js';
import { symbolsPage } from './symbols-page.js';
import { createTextRenderer } from './text.js';

/** How a build went. */
export interface BuildTimings {
  pages: number;
  /** Reading and checking chapters, excerpts and links, in milliseconds. */
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
   * @throws BookError naming every mistake in text, excerpts and links; then nothing is written
   */
  build(): Promise<BuildTimings>;
}

/** Builds a book once. See {@link createBuilder}. */
export function buildBook(
  root: string,
  outDir: string,
  typesOf?: (book: Book) => BookTypes,
): Promise<BuildTimings> {
  return createBuilder(root, outDir, [], typesOf).build();
}

/**
 * Prepares to build a book. The first build loads the highlighter, which takes about a second; later
 * ones take some tens of milliseconds.
 *
 * @param root - folder that holds `book.config.json`
 * @param outDir - absolute path of the folder for the pages; it is made when missing
 * @param scripts - names of scripts in `assets/` that every page loads; who names them puts them
 * there. The static book needs none.
 * @param typesOf - finds the types of the names in the code; without it, pages show none
 */
export function createBuilder(
  root: string,
  outDir: string,
  scripts: readonly string[] = [],
  typesOf: (book: Book) => BookTypes = () => new Map(),
): Builder {
  const colours = keepColours(join(root, '.streambook', 'colours.json'));
  const highlight = createHighlight(colours);
  const render = createTextRenderer(highlight);
  return {
    async build() {
      const clock = startClock();
      const book = loadSoundBook(root);
      const types = typesOf(book);
      const readMs = clock();

      const pages = new Map([['index.html', coverPage(book, scripts)]]);
      for (const chapter of book.chapters) {
        const page = chapterPage(
          book,
          chapter,
          render(book, chapter, types.get(chapter.slug)),
          scripts,
        );
        pages.set(pageName(chapter.slug), page);
      }
      const symbols = symbolsPage(book, scripts);
      if (symbols !== undefined) pages.set(SYMBOLS_PAGE, symbols);
      pages.set(PRINT_PAGE, printPage(book, render));
      for (const [name, page] of filePages(book, highlight, scripts)) pages.set(name, page);
      const assets = new Map([...(await ownAssets()), ...dataScripts(book, types)]);
      const renderMs = clock();

      for (const [name, text] of pages) writeWhole(join(outDir, name), text);
      for (const [name, text] of assets) writeWhole(join(outDir, 'assets', name), text);
      colours.save();
      copyFigures(book, outDir);
      copyNotebooks(book, outDir);
      removeOldPages(outDir, pages);
      const writeMs = clock();
      return { pages: pages.size, readMs, renderMs, writeMs, totalMs: readMs + renderMs + writeMs };
    },
  };
}

/** A page needs nothing but what is beside it. A figure that no chapter shows any more goes. */
function copyFigures({ root, chapters }: Book, outDir: string): void {
  const files = new Set(chapters.flatMap(figureFiles));
  const folder = join(outDir, 'figures');
  if (files.size === 0) {
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  mkdirSync(folder, { recursive: true });
  const shown = new Set([...files].map((file) => basename(file)));
  for (const name of readdirSync(folder)) if (!shown.has(name)) rmSync(join(folder, name));
  for (const file of files) copyFileSync(join(root, file), join(outDir, pageFigure(file)));
}

/** A notebook lies beside its page, to be downloaded. */
function copyNotebooks({ root, chapters }: Book, outDir: string): void {
  const folder = join(outDir, NOTEBOOKS_FOLDER);
  rmSync(folder, { recursive: true, force: true });
  for (const { slug } of chapters.filter(hasNotebook)) {
    const file = join(root, notebookFile(slug));
    if (!existsSync(file)) continue;
    mkdirSync(folder, { recursive: true });
    copyFileSync(file, join(outDir, pageNotebook(slug)));
  }
}

/** A chapter that was renamed must not stay behind as a page that nothing leads to. */
function removeOldPages(outDir: string, pages: ReadonlyMap<string, string>): void {
  const names = readdirSync(outDir).filter((name) => name.endsWith('.html'));
  for (const name of names) if (!pages.has(name)) rmSync(join(outDir, name));
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
