import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeWhole } from '../../lab/write.js';
import type { Book } from '../book.js';
import { hasNotebook } from '../chapter/chapter.js';
import { FIGURES_FOLDER, figureFiles } from '../chapter/figures.js';
import { notebookFile } from '../notebook/generate.js';
import { NOTEBOOKS_FOLDER, pageFigure, pageNotebook } from './layout.js';

/** What goes into the folder of a book. */
export interface Site {
  /** Texts of the pages, by their names. */
  pages: ReadonlyMap<string, string>;
  /** Texts of what pages load, by their names in `assets/`. */
  assets: ReadonlyMap<string, string>;
  /** Files to copy, by their paths in the folder: absolute paths of the originals. */
  copies: ReadonlyMap<string, string>;
}

/** A page needs nothing but what is beside it: its figures, and the notebook that it offers. */
export function copiesOf({ root, chapters }: Book): Map<string, string> {
  const figures = chapters.flatMap(figureFiles).map((file) => [pageFigure(file), file] as const);
  const notebooks = chapters
    .filter(hasNotebook)
    .map(({ slug }) => [pageNotebook(slug), notebookFile(slug)] as const)
    .filter(([, file]) => existsSync(join(root, file)));
  return new Map([...figures, ...notebooks].map(([name, file]) => [name, join(root, file)]));
}

/** Writes a book, and removes what an older one has left that nothing leads to any more. */
export function writeSite(outDir: string, { pages, assets, copies }: Site): void {
  for (const [name, text] of pages) writeWhole(join(outDir, name), text);
  for (const [name, text] of assets) writeWhole(join(outDir, 'assets', name), text);
  for (const [name, original] of copies) {
    mkdirSync(dirname(join(outDir, name)), { recursive: true });
    copyFileSync(original, join(outDir, name));
  }
  removeOthers(outDir, '', (name) => pages.has(name) || !name.endsWith('.html'));
  for (const folder of [pageFigure(FIGURES_FOLDER), NOTEBOOKS_FOLDER]) {
    removeOthers(outDir, `${folder}/`, (name) => copies.has(name));
  }
}

function removeOthers(outDir: string, folder: string, isKept: (name: string) => boolean): void {
  const path = join(outDir, folder);
  if (!existsSync(path)) return;
  const names = readdirSync(path);
  const others = names.filter((name) => !isKept(`${folder}${name}`));
  for (const name of others) rmSync(join(path, name));
  if (others.length === names.length) rmSync(path, { recursive: true });
}
