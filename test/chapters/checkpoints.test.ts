import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBook } from '../../src/book/book.ts';
import { cells, hasNotebook } from '../../src/book/chapter/chapter.ts';
import { type Doctest, openDoctest } from '../../src/book/doctest/doctest.ts';
import { chapterNumber } from '../../src/book/source/placement.ts';
import { cellsOnly, compileCheckpoint, writeCheckpoint } from './checkpoint.ts';

const root = new URL('../..', import.meta.url).pathname;
const { book } = loadBook(root);
const told = book.chapters.filter(
  (chapter) => Number.isFinite(chapterNumber(chapter)) && hasNotebook(chapter),
);

for (const chapter of told) {
  describe(`what a reader has at the end of ${chapter.slug}`, () => {
    let checkpoint: string;
    let doctest: Doctest | undefined;
    beforeAll(() => {
      checkpoint = writeCheckpoint(book, chapter);
    });
    afterAll(() => doctest?.close());

    test('compiles', async () => {
      expect(await compileCheckpoint(root, checkpoint)).toBe('');
    });

    test('runs every cell of the chapter', async () => {
      const only = cellsOnly(chapter);
      doctest = openDoctest(checkpoint, only);
      for (const cell of cells(only)) {
        const outcome = await doctest.outcome(cell);
        if (outcome.status !== 'passed') expect.fail(outcome.message);
      }
      expect(await doctest.finish()).toEqual([]);
    }, 180_000);
  });
}
