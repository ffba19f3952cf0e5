import { join } from 'node:path';
import { writeWhole } from '../../lab/write.js';
import type { Book } from '../book.js';
import { hasNotebook } from '../chapter/chapter.js';
import { generateNotebook, notebookFile } from './generate.js';

/**
 * Writes the notebooks of all chapters that have something to run.
 *
 * @returns a line for each notebook that changed
 */
export function writeNotebooks(book: Book): string[] {
  return book.chapters.filter(hasNotebook).flatMap((chapter) => {
    const path = notebookFile(chapter.slug);
    return writeWhole(join(book.root, path), generateNotebook(book, chapter))
      ? [`${path}: written`]
      : [];
  });
}
