import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Book } from '../book.js';
import type { Chapter } from '../chapter/chapter.js';
import type { Problem } from '../problem.js';
import { type GeneratedCell, generateCells, generateNotebook, notebookFile } from './generate.js';

/**
 * Compares a chapter's notebook on disk with the one that the chapter gives now.
 *
 * @returns nothing, or the first cell that was changed, added or deleted, at the chapter's line
 */
export function notebookDrift(book: Book, chapter: Chapter): Problem[] {
  const path = notebookFile(chapter.slug);
  const hint = 'Notebooks are made from chapters: `npm run record` writes this one anew.';
  const problem = (line: number, message: string): Problem[] => [
    { file: chapter.file, line, message: `${path} ${message}`, hint },
  ];
  let text: string;
  try {
    text = readFileSync(join(book.root, path), 'utf8');
  } catch {
    return problem(1, 'does not exist');
  }
  if (text === generateNotebook(book, chapter)) return [];

  const expected = generateCells(book, chapter);
  const found = cellsIn(text);
  if (found === undefined) return problem(1, 'is no notebook');
  const first = expected.findIndex(({ cell }, index) => !isSame(cell, found[index]));
  const different = expected[first];
  if (different !== undefined) {
    return problem(
      different.line,
      `differs from the chapter: ${difference(different, found, first)}`,
    );
  }
  const extra = found.length - expected.length;
  return problem(1, extra > 0 ? 'has a cell that the chapter has not' : 'differs in its metadata');
}

function difference({ cell }: GeneratedCell, found: readonly unknown[], index: number): string {
  const isElsewhere = found.some((candidate) => isSame(cell, candidate));
  const isMissing =
    found.length <= index || !found.some((candidate) => idOf(candidate) === cell.id);
  const title = `cell ${index + 1}, \`${(cell.source[0] ?? '').trim()}\``;
  if (isElsewhere) return `${title}, stands elsewhere`;
  return isMissing ? `${title}, is missing` : `${title}, was changed`;
}

function cellsIn(text: string): unknown[] | undefined {
  try {
    const notebook: { cells?: unknown } = JSON.parse(text);
    return Array.isArray(notebook.cells) ? notebook.cells : undefined;
  } catch {
    return undefined;
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function idOf(cell: unknown): unknown {
  return typeof cell === 'object' && cell !== null && 'id' in cell ? cell.id : undefined;
}
