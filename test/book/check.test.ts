import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadBook, sourceProblems } from '../../src/book/book.ts';
import { hasNotebook } from '../../src/book/chapter/chapter.ts';
import { checkBook } from '../../src/book/check.ts';
import { notebookDrift } from '../../src/book/notebook/drift.ts';
import { formatProblem, type Problem } from '../../src/book/problem.ts';
import { type FixtureBook, fixtureBook } from './fixture-book.ts';

const CHAPTER = 'chapters/01-count.md';
const NEXT = 'chapters/02-again.md';
const NOTEBOOK = 'notebooks/01-count.ipynb';
const COMPILES_MS = 60_000;

/** What the quick part of the check says, without its hints. */
function quickProblems({ root }: FixtureBook): string[] {
  const { book, problems } = loadBook(root);
  return [...problems, ...sourceProblems(book)].map(withoutHint);
}

function driftOf({ root }: FixtureBook): string[] {
  const { book } = loadBook(root);
  return book.chapters
    .filter(hasNotebook)
    .flatMap((chapter) => notebookDrift(book, chapter))
    .map(withoutHint);
}

/** What the whole check says about the cells. */
function cellProblems({ root }: FixtureBook): string[] {
  return checkBook(root)
    .filter(({ message }) => !message.includes('.ipynb'))
    .map(withoutHint);
}

function withoutHint({ file, line, message }: Problem): string {
  return formatProblem({ file, line, message });
}

describe('breaking the book is noticed, with its place', () => {
  test('a changed word in an excerpt', () => {
    const book = fixtureBook();
    book.edit(CHAPTER, 'Adds one, and', 'Adds two, and');
    expect(quickProblems(book)).toEqual([
      `${book.place(CHAPTER, 'Adds two')}: excerpt differs from src/tally.ts#add: here \`/** Adds two, and returns how many there are now. */\`, there \`/** Adds one, and returns how many there are now. */\``,
    ]);
  });

  test('a line that an excerpt leaves out', () => {
    const book = fixtureBook();
    book.edit(CHAPTER, '  return this.#count;\n', '');
    const [problem] = quickProblems(book);
    expect(problem).toMatch(/excerpt differs .*: here `\}`, there `return this.#count;`$/);
  });

  test('a renamed region', () => {
    const book = fixtureBook();
    book.edit('src/tally.ts', '#region add', '#region plus');
    expect(quickProblems(book)[0]).toBe(
      `${book.place(CHAPTER, 'ts file=')}: excerpt: src/tally.ts has no region \`add\`; it has tally, plus, bundles`,
    );
  });

  test('a source file that is gone', () => {
    const book = fixtureBook();
    book.edit(CHAPTER, 'file=src/tally.ts#add', 'file=src/teller.ts#add');
    expect(quickProblems(book)[0]).toBe(
      `${book.place(CHAPTER, 'ts file=')}: excerpt: src/teller.ts does not exist`,
    );
  });

  test('an excerpt from outside the book', () => {
    const book = fixtureBook();
    book.edit(CHAPTER, 'file=src/tally.ts#add', 'file=../tally.ts#add');
    expect(quickProblems(book)[0]).toBe(
      `${book.place(CHAPTER, 'ts file=')}: excerpt: ../tally.ts is outside the book`,
    );
  });

  test('links to a heading, a chapter and a file that are not there', () => {
    const book = fixtureBook();
    book.edit(CHAPTER, '#what-goes-wrong', '#what-goes-right');
    book.edit(CHAPTER, '02-again.md#the-same-once-more', '03-again.md');
    book.edit(CHAPTER, '(../src/tally.ts)', '(../src/tallies.ts)');
    const lede = book.place(CHAPTER, '#what-goes-right');
    const table = book.place(CHAPTER, '03-again.md');
    expect(quickProblems(book)).toEqual([
      `${lede}: \`#what-goes-right\` leads to no heading of ${CHAPTER}, which has #counting-aloud, #the-smallest-tally, #what-goes-wrong, #exercises`,
      `${table}: \`03-again.md\` leads to no chapter of the book`,
      `${table}: \`../src/tallies.ts\` leads to no file`,
    ]);
  });

  test('a figure that was never drawn, that no image shows, that is of another chapter or nameless', () => {
    const book = fixtureBook();
    book.draw('02-two');
    const image = book.place(NEXT, '![Two.]');
    expect(quickProblems(book)).toEqual([
      `${image}: \`figures/02-two.svg\` leads to no file; if a cell shows it, \`npm run record\` draws it`,
    ]);
    book.edit(NEXT, '![Two.](figures/02-two.svg)', '');
    const cell = book.place(NEXT, 'await show');
    expect(quickProblems(book)).toEqual([`${cell}: no image shows the figure \`02-two\``]);
    book.edit(NEXT, "show('02-two'", "show('01-two'");
    expect(quickProblems(book)).toEqual([`${cell}: the figure \`01-two\` is of another chapter`]);
    book.edit(NEXT, "show('01-two'", 'show(`01-two`');
    expect(quickProblems(book)).toEqual([`${cell}: a figure without a name`]);
  });

  test('an image that the pages do not bring along', () => {
    const book = fixtureBook();
    book.edit(NEXT, 'A chapter with', '![x](../src/tally.ts) A chapter with');
    expect(quickProblems(book)).toEqual([
      `${NEXT}:3: \`../src/tally.ts\` is an image outside chapters/figures`,
    ]);
  });

  test('an image that says nothing to who cannot see it', () => {
    const book = fixtureBook();
    book.edit(NEXT, 'A chapter with', '![](figures/none.svg) A chapter with');
    expect(quickProblems(book)).toEqual([
      `${NEXT}:3: \`figures/none.svg\` is an image that says nothing to who cannot see it`,
    ]);
  });

  test('an unknown flag', () => {
    const book = fixtureBook();
    book.edit(CHAPTER, '```ts run', '```ts run hidden');
    expect(quickProblems(book)).toEqual([
      `${book.place(CHAPTER, 'hidden')}: unknown flag \`hidden\` on a \`ts\` fence`,
    ]);
  });

  test('a chapter that is listed and not written', () => {
    const book = fixtureBook();
    rmSync(join(book.root, NEXT));
    expect(quickProblems(book)[0]).toBe(
      `book.config.json:1: lists chapter "02-again", but there is no ${NEXT}`,
    );
  });

  test('a title that the configuration does not know', () => {
    const book = fixtureBook();
    book.edit(NEXT, '# Counting again', '# Counting on');
    expect(quickProblems(book)).toEqual([
      `${NEXT}:1: is titled "Counting on" here and "Counting again" in book.config.json`,
    ]);
  });

  test('a cell that was deleted from a notebook', () => {
    const book = fixtureBook();
    const notebook: { cells: { source: string[] }[] } = JSON.parse(book.read(NOTEBOOK));
    const whole = JSON.stringify(notebook, undefined, 1);
    const at = notebook.cells.findIndex(({ source }) => source[0]?.startsWith('for (let told'));
    notebook.cells.splice(at, 1);
    book.edit(NOTEBOOK, whole, JSON.stringify(notebook, undefined, 1));
    const fence = place(book, 'for (let told', -1);
    expect(driftOf(book)).toEqual([
      `${fence}: ${NOTEBOOK} differs from the chapter: cell ${at + 1}, \`for (let told = 0; told < 3; told += 1) {\`, is missing`,
    ]);
  });

  test('a cell of a notebook that was changed by hand', () => {
    const book = fixtureBook();
    book.edit(NOTEBOOK, 'told < 3', 'told < 4');
    const [problem] = driftOf(book);
    expect(problem).toMatch(new RegExp(`^${place(book, 'for (let told', -1)}: .*, was changed$`));
  });

  test('a notebook that is not there', () => {
    const book = fixtureBook();
    rmSync(join(book.root, 'notebooks/02-again.ipynb'));
    expect(driftOf(book)).toEqual([`${NEXT}:1: notebooks/02-again.ipynb does not exist`]);
  });
});

describe('the whole check', { timeout: COMPILES_MS }, () => {
  test('finds nothing in a sound book', () => {
    expect(checkBook(fixtureBook().root)).toEqual([]);
  });

  test('finds types that do not fit, and values that only a notebook prints', () => {
    const book = fixtureBook();
    book.edit(CHAPTER, '  tally.add();\n}', '  tally.add(1);\n}');
    book.edit(CHAPTER, 'console.log(tally.count);', 'tally.count = 7;');
    book.edit(NEXT, 'console.log(tally.length);', 'tally.length;');
    expect(cellProblems(book)).toEqual([
      `${book.place(CHAPTER, 'tally.add(1)')}: Expected 0 arguments, but got 1. (TS2554)`,
      `${book.place(CHAPTER, 'tally.count = 7')}: the notebook prints the value at the end of a cell`,
      `${book.place(NEXT, 'tally.length;')}: the notebook prints the value at the end of a cell`,
    ]);
  });

  test('explains what an author of cells must know: assignments, scope, the language of the kernel', () => {
    const book = fixtureBook();
    const wrong = 'tally = nothing;\nvoid [1].toSorted();';
    book.edit(CHAPTER, 'console.log(tally.count);', wrong);
    const found = checkBook(book.root).filter(({ message }) => message.includes('TS'));
    expect(found.map(({ message }) => message.slice(-8))).toEqual([
      '(TS2632)',
      '(TS2304)',
      '(TS2550)',
    ]);
    expect(found.map(({ hint }) => hint)).toEqual([
      expect.stringContaining('A later cell cannot change what an earlier one declared'),
      expect.stringContaining('except those that must throw'),
      expect.stringContaining('ES2022'),
    ]);
  });

  test('finds a shorthand property with a name of an earlier cell, which the kernel does not know', () => {
    const book = fixtureBook();
    const shorthands = 'const own = 1;\nvoid { own };\nvoid { tally };';
    book.edit(CHAPTER, 'console.log(tally.count);', shorthands);
    expect(cellProblems(book)).toEqual([
      `${book.place(CHAPTER, 'void { tally }')}: \`{ tally }\` with a name of an earlier cell is unknown in a notebook`,
    ]);
  });

  test('finds a promise that nobody awaits, wherever it stands in a cell', () => {
    const book = fixtureBook();
    book.edit(CHAPTER, '  await after(1);', '  after(1);');
    expect(cellProblems(book)).toEqual([
      `${book.place(CHAPTER, '  after(1);')}: a promise that nobody awaits`,
    ]);
  });
});

/** Place of a line that is some lines away from one with a text. */
function place(book: FixtureBook, text: string, away: number): string {
  const [file, line] = book.place(CHAPTER, text).split(':');
  return `${file}:${Number(line) + away}`;
}
