import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadBook, sourceProblems } from '../../src/book/book.ts';
import { BookError, formatProblem } from '../../src/book/problem.ts';
import { recordBook } from '../../src/book/record/record.ts';
import { type FixtureBook, fixtureBook } from './fixture-book.ts';

const CHAPTER = 'chapters/02-again.md';
const FILE = 'chapters/recordings/02-run.json';
const RUNS_MS = 60_000;
const SOUND = readFileSync(
  new URL('fixtures/recordings-book/chapters/recordings/01-count.json', import.meta.url),
  'utf8',
);

function problemsOf({ root }: FixtureBook): string[] {
  const { book, problems } = loadBook(root);
  return [...problems, ...sourceProblems(book)].map(({ hint: _, ...rest }) => formatProblem(rest));
}

/** A book whose second chapter shows a recording that a command prints. */
function bookWith(printed: string, command = 'cat printed.json'): FixtureBook {
  const book = fixtureBook();
  book.record('02-run', command);
  writeFileSync(join(book.root, 'printed.json'), printed);
  return book;
}

describe('a recording in a chapter', { timeout: RUNS_MS }, () => {
  test('is recorded when it is missing, stays as it is, and is recorded anew when told to', async () => {
    const book = bookWith(JSON.stringify(JSON.parse(SOUND)));
    expect(problemsOf(book)).toEqual([`${book.place(CHAPTER, '02-run')}: there is no ${FILE}`]);
    expect(await recordBook(book.root, '02-again')).toContain(`${FILE}: recorded`);
    expect(book.read(FILE)).toBe(SOUND);
    expect(problemsOf(book)).toEqual([]);

    book.edit('printed.json', 'fingers', 'toes');
    expect(await recordBook(book.root, '02-again')).toEqual([]);
    expect(await recordBook(book.root, '02-again', { recordings: true })).toEqual([
      `${FILE}: recorded`,
    ]);
    expect(book.read(FILE)).toBe(SOUND.replace('fingers', 'toes'));
  });

  test('is not written when its command fails, or prints something else', async () => {
    const failing = bookWith(SOUND, 'echo no server >&2; exit 3');
    const rejected = expect(recordBook(failing.root, '02-again')).rejects;
    await rejected.toThrow(BookError);
    await expect(recordBook(failing.root, '02-again')).rejects.toThrow('no server');
    const wrong = bookWith(SOUND.replace('"offset": 0', '"offset": 5'));
    await expect(recordBook(wrong.root, '02-again')).rejects.toThrow('appends offset 5');
  });

  test('is noticed with its place when it is broken', async () => {
    const book = bookWith(SOUND);
    await recordBook(book.root, '02-again');
    book.edit(FILE, '"offset": 0', '"offset": 5');
    const [problem] = problemsOf(book);
    expect(problem).toContain(`${book.place(CHAPTER, '02-run')}: ${FILE} is no recording: event 1`);
  });

  test('is noticed when no chapter shows it, or one of another number', async () => {
    const book = bookWith(SOUND);
    book.edit(CHAPTER, '<!-- recording 02-run -->', '');
    expect(problemsOf(book)).toEqual(['book.config.json:1: no chapter shows recording "02-run"']);
    const other = fixtureBook();
    other.record('01-run', 'cat printed.json');
    expect(problemsOf(other)).toEqual([
      `${other.place(CHAPTER, '01-run')}: the recording \`01-run\` is of another chapter`,
    ]);
  });
});
