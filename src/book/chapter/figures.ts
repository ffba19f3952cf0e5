import { join } from 'node:path';
import type { ShownFigure } from '../../lab/show.js';
import { writeWhole } from '../../lab/write.js';
import type { Problem } from '../problem.js';
import { type Chapter, cells } from './chapter.js';
import { linkTarget } from './links.js';

/** Where the figures of the chapters are, relative to the root. */
export const FIGURES_FOLDER = 'chapters/figures';

/** A call of `show` in a cell. */
export interface Shown {
  /** `undefined` when it is not written out. */
  name: string | undefined;
  line: number;
}

const SHOW = /(?<![.\w])show\(\s*(?:'([^']*)'|"([^"]*)")?/g;
const IMPORTS_SHOW = /import\s*\{[^}]*\bshow\b[^}]*\}\s*from\s*['"]streambook\/lab['"]/;

/** The figures that the cells of a chapter show, as far as their code tells. */
export function figuresOf(chapter: Chapter): Shown[] {
  const own = cells(chapter);
  if (!own.some(({ code }) => IMPORTS_SHOW.test(code))) return [];
  return own.flatMap(({ code, line }) =>
    [...code.matchAll(SHOW)].map((match) => ({
      name: match[1] ?? match[2],
      line: line + code.slice(0, match.index).split('\n').length,
    })),
  );
}

/** Files of `chapters/figures/` that the images of a chapter show, relative to the root. */
export function figureFiles({ file, links }: Chapter): string[] {
  const targets = links.filter(({ isImage }) => isImage).map(({ href }) => linkTarget(file, href));
  const files = targets.flatMap((target) => (target.kind === 'file' ? [target.file] : []));
  return [...new Set(files)].filter((path) => path.startsWith(`${FIGURES_FOLDER}/`));
}

/** Path of a figure that a cell shows, relative to the root. */
export function figureFile(name: string): string {
  return `${FIGURES_FOLDER}/${name}.svg`;
}

/** Figures that a cell shows and the page of the chapter does not, or that two cells show under one name. */
export function figureProblems(chapter: Chapter): Problem[] {
  const { file, slug } = chapter;
  const images = new Set(figureFiles(chapter));
  const [number = ''] = slug.split('-');
  const seen = new Set<string>();
  return figuresOf(chapter).flatMap(({ name, line }): Problem[] => {
    const problem = (message: string, hint: string) => [{ file, line, message, hint }];
    if (name === undefined) {
      return problem(
        'a figure without a name',
        "Write its name out: `await show('02-backlog', …)`.",
      );
    }
    if (!name.startsWith(`${number}-`)) {
      const hint = `The figures of this chapter are named ${number}-…`;
      return problem(`the figure \`${name}\` is of another chapter`, hint);
    }
    if (seen.has(name)) return problem(`a second figure \`${name}\``, 'Give it another name.');
    seen.add(name);
    if (images.has(figureFile(name))) return [];
    const hint = `Write \`![…](figures/${name}.svg)\` below the cell.`;
    return problem(`no image shows the figure \`${name}\``, hint);
  });
}

/**
 * Writes figures that were shown in a run: those that are not there yet, or all of them. A figure of a
 * new run is never quite the same, so one that is there stays until it is asked for.
 *
 * @param isThere - tells whether the file of a figure exists
 * @returns a line for each file that was written
 */
export function writeFigures(
  root: string,
  figures: readonly ShownFigure[],
  isThere: (path: string) => boolean,
): string[] {
  return figures
    .map(({ name, svg }) => ({ path: figureFile(name), svg }))
    .filter(({ path, svg }) => !isThere(join(root, path)) && writeWhole(join(root, path), svg))
    .map(({ path }) => `${path}: drawn`);
}
