import { describe, expect, test } from 'vitest';
import { checkBook } from '../../src/book/check.ts';
import { BookError } from '../../src/book/problem.ts';
import { type RecordOptions, recordBook } from '../../src/book/record/record.ts';
import { RUNS_FILE } from '../../src/book/record/runs.ts';
import { type FixtureBook, fixtureBook, RUN_DATE } from './fixture-book.ts';

const CHAPTER = 'chapters/01-count.md';
const RUNS_MS = 60_000;

/** Records on the day, and on what, the fixture book was recorded. */
const record = ({ root }: FixtureBook, slug?: string, options?: RecordOptions) =>
  recordBook(root, slug, { versions: { Abacus: '1.0' }, date: RUN_DATE, ...options });

describe('recording', { timeout: RUNS_MS }, () => {
  test('changes nothing in a book that is up to date', async () => {
    const book = fixtureBook();
    const before = book.read(CHAPTER);
    expect(await record(book)).toEqual([]);
    expect(book.read(CHAPTER)).toBe(before);
  });

  test('mends outputs and excerpts, keeps the ellipses, and leaves a sound book', async () => {
    const book = fixtureBook();
    const sound = book.read(CHAPTER);
    book.edit(CHAPTER, 'count is 2', 'count is two');
    book.edit(CHAPTER, '```text output\n1 2 3\n', '```text output\n');
    book.edit(CHAPTER, '  this.#count += 1;\n', '');
    const changes = await record(book, '01-count');
    expect(changes).toEqual([
      `${book.place(CHAPTER, 'ts file=')}: excerpt of src/tally.ts#add`,
      expect.stringMatching(/^chapters\/01-count\.md:\d+: output$/),
      expect.stringMatching(/^chapters\/01-count\.md:\d+: output$/),
      `${RUNS_FILE}: written`,
    ]);
    expect(book.read(CHAPTER)).toBe(sound);
    expect(checkBook(book.root)).toEqual([]);
  });

  test('writes the notebook of a chapter whose prose has changed', async () => {
    const book = fixtureBook();
    book.edit('chapters/02-again.md', 'of its own', 'of its very own');
    expect(await record(book, '02-again')).toEqual(['notebooks/02-again.ipynb: written']);
    expect(book.read('notebooks/02-again.ipynb')).toContain('of its very own');
  });

  test('draws a figure that is missing, keeps one that is there, and draws it anew when told to', async () => {
    const book = fixtureBook();
    const figure = 'chapters/figures/02-two.svg';
    book.draw('02-two');
    expect(await record(book, '02-again')).toEqual([
      `${figure}: drawn`,
      'notebooks/02-again.ipynb: written',
    ]);
    expect(book.read(figure)).toBe('<svg><g id="first"/></svg>');
    expect(checkBook(book.root)).toEqual([]);

    book.edit('chapters/02-again.md', 'id="first"', 'id="second"');
    expect(await record(book, '02-again')).toEqual(['notebooks/02-again.ipynb: written']);
    expect(await record(book, '02-again', { figures: true })).toEqual([`${figure}: drawn`]);
    expect(book.read(figure)).toBe('<svg><g id="second"/></svg>');
  });

  test('writes nothing when a cell fails, and says which', async () => {
    const book = fixtureBook();
    book.edit(CHAPTER, 'count is 2', 'count is two');
    book.edit(CHAPTER, 'console.log(tally.count);', 'throw new Error("lost count");');
    const before = book.read(CHAPTER);
    const recording = recordBook(book.root);
    await expect(recording).rejects.toThrow(BookError);
    await expect(recording).rejects.toThrow(
      `${book.place(CHAPTER, 'lost count')}: Error: lost count`,
    );
    expect(book.read(CHAPTER)).toBe(before);
  });

  test('refuses a chapter that does not exist, with the names of those that do', async () => {
    await expect(recordBook(fixtureBook().root, '07-none')).rejects.toThrow(
      'has no chapter "07-none"; it has 01-count, 02-again, 03-bundle, a1-words',
    );
  });
});
