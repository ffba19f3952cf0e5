import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Book } from '../book.js';
import { blockIds } from '../chapter/block-ids.js';
import { type Chapter, excerpts } from '../chapter/chapter.js';
import { readExcerpt } from './excerpts.js';

/** A source file of which the book shows something, line by line. */
export interface ExplainedFile {
  /** Relative to the root. */
  file: string;
  lines: ExplainedLine[];
}

export interface ExplainedLine {
  text: string;
  /** The excerpt that shows it; `undefined` for a line that no chapter shows. */
  shownBy: { chapter: Chapter; blockId: string } | undefined;
}

/** Every file that chapters show, and which excerpt shows which line; in the order of the files' names. */
export function explainedFiles(book: Book): ExplainedFile[] {
  const files = new Map<string, ExplainedLine[]>();
  const linesOf = (file: string): ExplainedLine[] => {
    const known = files.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(join(book.root, file), 'utf8').replace(/\n$/, '');
    const lines = text.split('\n').map((line) => ({ text: line, shownBy: undefined }));
    files.set(file, lines);
    return lines;
  };
  for (const file of book.config.core ?? []) linesOf(file);
  for (const chapter of book.chapters) {
    const ids = blockIds(chapter);
    for (const block of excerpts(chapter)) {
      const excerpt = readExcerpt(book, chapter, block);
      if (!excerpt.found) continue;
      const lines = linesOf(block.file);
      for (const number of excerpt.lines) {
        const line = lines[number - 1];
        // A line that stands for another region is a marker in the file.
        if (line === undefined || /^\s*\/\/ #(end)?region/.test(line.text)) continue;
        line.shownBy ??= { chapter, blockId: ids.get(block.line) ?? '' };
      }
    }
  }
  return [...files]
    .map(([file, lines]) => ({ file, lines }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}
