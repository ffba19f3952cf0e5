import { expect, test } from 'vitest';
import { loadSoundBook } from '../../src/book/book.ts';
import { BookError } from '../../src/book/problem.ts';
import { copyExcerpts } from '../../src/book/record/record.ts';
import { fixtureBook } from './fixture-book.ts';

const CHAPTER = 'chapters/01-count.md';

test('excerpts are copied, and notebooks written, without running a chapter', () => {
  const book = fixtureBook();
  const sound = book.read(CHAPTER);
  book.edit(CHAPTER, '  this.#count += 1;\n', '');
  book.edit('chapters/02-again.md', 'of its own', 'of its very own');
  expect(copyExcerpts(book.root)).toEqual([
    `${book.place(CHAPTER, 'ts file=')}: excerpt of src/tally.ts#add`,
    'notebooks/02-again.ipynb: written',
  ]);
  expect(book.read(CHAPTER)).toBe(sound);
  expect(() => loadSoundBook(book.root)).not.toThrow();
});

test('nothing is written when a source is missing', () => {
  const book = fixtureBook();
  book.edit(CHAPTER, 'tally.ts#add', 'tally.ts#subtract');
  const before = book.read(CHAPTER);
  expect(() => copyExcerpts(book.root)).toThrow(BookError);
  expect(book.read(CHAPTER)).toBe(before);
});
