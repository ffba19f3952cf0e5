import { type Book, loadBook, sourceProblems, unfinishedIn } from './book.js';
import { hasNotebook } from './chapter/chapter.js';
import { type CompiledCell, compileChapters } from './doctest/compile.js';
import { notebookDrift } from './notebook/drift.js';
import { foreignShorthands } from './notebook/shorthand.js';
import { strayValues } from './notebook/statements.js';
import { syntaxTraps } from './notebook/traps.js';
import { BookError, type Problem, sortProblems } from './problem.js';

/**
 * Finds everything that is wrong with a book as far as it can be told without running it: roles,
 * excerpts, links, panels, outputs of another text, lines of the core that no chapter shows, types of all
 * cells, traps of the notebook kernel, drift of the notebooks.
 *
 * @param root - folder that holds `book.config.json`
 * @returns the problems in reading order, none when the book is sound
 */
export function checkBook(root: string): Problem[] {
  try {
    const { book, problems } = loadBook(root);
    return sortProblems([
      ...problems,
      ...sourceProblems(book),
      ...cellProblems(book),
      ...drift(book),
      ...unfinishedIn(book),
    ]);
  } catch (error) {
    if (error instanceof BookError) return [...error.problems];
    throw error;
  }
}

/** What compiler and notebook kernel have against the cells of a book. */
export function cellProblems({ root, chapters }: Book): Problem[] {
  return compileChapters(root, chapters).flatMap(({ chapter, cells }) =>
    cells.flatMap((cell) => [...cell.problems, ...trapsOf(chapter.file, cell)]),
  );
}

function trapsOf(file: string, cell: CompiledCell): Problem[] {
  const traps = syntaxTraps(file, cell.cell);
  // A type that the compiler could not work out says nothing about where its value goes.
  if (cell.problems.length > 0) return traps;
  return [...traps, ...strayValues(file, cell), ...foreignShorthands(file, cell)];
}

function drift(book: Book): Problem[] {
  return book.chapters.filter(hasNotebook).flatMap((chapter) => notebookDrift(book, chapter));
}
