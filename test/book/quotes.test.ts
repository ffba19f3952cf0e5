import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBook, sourceProblems } from '../../src/book/book.ts';
import { quoteProblemsIn, requoted } from '../../src/book/chapter/quotes.ts';
import type { Problem } from '../../src/book/problem.ts';
import { copyExcerpts } from '../../src/book/record/record.ts';
import { type FixtureBook, fixtureBook } from './fixture-book.ts';

const measured = new Map([
  ['latency/1/p50', 11.26],
  ['items', 10_000],
]);

/** What the fixture book has measured, and one of its chapters quotes. */
const OTHERS = { 'bundles/minute': { value: 12.2 } };

function wrongIn(text: string): string[] {
  return quoteProblemsIn(text, measured).map(({ line, message }) => `${line}: ${message}`);
}

test('a number may be quoted in as many digits as the sentence wants', () => {
  const text = [
    'It takes 11 ms<!-- =latency/1/p50 --> here, 11.3 milliseconds<!-- =latency/1/p50 --> there,',
    'and 11.26<!-- =latency/1/p50 --> at last, for 10,000 items<!-- =items -->.',
  ];
  expect(wrongIn(text.join('\n'))).toEqual([]);
});

test('a number that is not the measured one is told at its line, and is replaced in its digits', () => {
  const text = 'Once\n12.0 ms<!-- =latency/1/p50 --> or 10000<!-- =items -->';
  expect(wrongIn(text)).toEqual([
    '2: quotes 12.0 for `latency/1/p50`, which is 11.3',
    '2: quotes 10000 for `items`, which is 10,000',
  ]);
  const right = 'Once\n11.3 ms<!-- =latency/1/p50 --> or 10,000<!-- =items -->';
  expect(requoted(text, measured)).toBe(right);
});

test('a quote of what was not measured, and a comment behind no number, are mistakes', () => {
  expect(wrongIn('8 ms<!-- =latency/8/p50 -->')).toEqual([
    '1: quotes `latency/8/p50`, which was not measured',
  ]);
  expect(wrongIn('some time<!-- =items -->')).toEqual([
    '1: a `<!-- =… -->` that stands behind no number',
  ]);
});

test('a book checks the numbers of its chapters and copies them from the measurements', () => {
  const book = measuredBook(41.7);
  const file = 'chapters/02-again.md';
  expect(problemsOf(book)).toEqual([]);
  writeMeasurement(book, 43);
  const quoting = 'It takes 4';
  expect(problemsOf(book)).toMatchObject([
    {
      file,
      line: Number(book.place(file, quoting).split(':')[1]),
      message: expect.stringMatching(/quotes 42 .* 43$/),
    },
  ]);
  expect(copyExcerpts(book.root)).toEqual([
    `${book.place(file, quoting)}: a quoted number`,
    'notebooks/02-again.ipynb: written',
  ]);
  expect(problemsOf(book)).toEqual([]);
});

test('a measurement that failed cannot be quoted', () => {
  const book = measuredBook(42);
  const figures = { ...OTHERS, counting: { failed: 'it never ended', unit: 'ms' } };
  writeFileSync(join(book.root, 'bench/results.json'), JSON.stringify({ figures }));
  expect(problemsOf(book)).toMatchObject([{ message: expect.stringContaining('not measured') }]);
});

test('measurements that cannot be read are one clear problem', () => {
  const book = measuredBook(42);
  writeFileSync(join(book.root, 'bench/results.json'), 'nonsense');
  expect(() => problemsOf(book)).toThrow(/^bench\/results.json:1: cannot be read: /);
});

function problemsOf({ root }: FixtureBook): Problem[] {
  return sourceProblems(loadBook(root).book);
}

function measuredBook(value: number): FixtureBook {
  const book = fixtureBook();
  const quote = 'It takes 42 ms<!-- =counting -->: a chapter with a scope';
  book.edit('chapters/02-again.md', 'A chapter with a scope', quote);
  writeMeasurement(book, value);
  copyExcerpts(book.root);
  return book;
}

function writeMeasurement({ root }: FixtureBook, value: number): void {
  const counting = { value, low: value, high: value, unit: 'ms', rounds: 3 };
  const figures = { ...OTHERS, counting };
  writeFileSync(join(root, 'bench/results.json'), JSON.stringify({ figures }));
}
