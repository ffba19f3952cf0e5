import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadBook, loadDraft, loadSoundBook } from '../../src/book/book.ts';
import { buildBook, createBuilder } from '../../src/book/build.ts';
import { formatProblem } from '../../src/book/problem.ts';
import { openLabOf } from '../../src/book/record/lab.ts';
import { RUNS_FILE, readRuns, staleProblems, writeRuns } from '../../src/book/record/runs.ts';
import { type FixtureBook, fixtureBook, RUN_DATE } from './fixture-book.ts';

const CHAPTER = 'chapters/01-count.md';
const TO_DO = 'Let `npm run record 01-count` run the chapter.';

function stale(book: FixtureBook): string[] {
  const { runs } = loadBook(book.root).book;
  return staleProblems(book.chapter('01-count'), runs).map(formatProblem);
}

function changed(book: FixtureBook, fence: string, what: string): string[] {
  const message = `this ${what} has changed since the chapter was recorded, on ${RUN_DATE}`;
  return [`${book.place(CHAPTER, fence)}: ${message}\n    ${TO_DO}`];
}

describe('a chapter is as it was when it ran', () => {
  test('after a change of its prose, or of an excerpt', () => {
    const book = fixtureBook();
    book.editUnrecorded(CHAPTER, 'counts what it is _told_', 'counts whatever it is _told_');
    book.editUnrecorded(CHAPTER, 'Adds one, and', 'Adds two, and');
    expect(stale(book)).toEqual([]);
  });

  test('and not after a change of a cell, which is told at its fence', () => {
    const book = fixtureBook();
    book.editUnrecorded(CHAPTER, 'told < 3', 'told < 4');
    expect(stale(book)).toEqual([
      expect.stringMatching(/^chapters\/01-count\.md:\d+: this cell or its output has changed/),
    ]);
    const line = Number(stale(book)[0]?.split(':')[1]);
    expect(book.read(CHAPTER).split('\n')[line]).toContain('told < 4');
  });

  test('nor of an output, of a command, or of how a cell must end', () => {
    const output = fixtureBook();
    output.editUnrecorded(CHAPTER, '\n1 2 3\n', '\n1 2 4\n');
    expect(stale(output)).toEqual(changed(output, 'sh run', 'command or its output'));

    const command = fixtureBook();
    command.editUnrecorded(CHAPTER, '[1, 2, 3]', '[1, 2]');
    expect(stale(command)).toEqual(changed(command, 'sh run', 'command or its output'));

    const error = fixtureBook();
    error.editUnrecorded(CHAPTER, 'throws=TypeError', 'throws=RangeError');
    expect(stale(error)).toEqual(changed(error, 'throws=RangeError', 'cell or its output'));
  });

  test('nor where a cell is new, or gone', () => {
    const more = fixtureBook();
    more.editUnrecorded(
      CHAPTER,
      '\nAnd once more:\n',
      '\n```ts run\nvoid 0;\n```\n\nAnd once more:\n',
    );
    const [first = ''] = stale(more);
    expect(first).toContain('this cell has changed');
    expect(more.read(CHAPTER).split('\n')[Number(first.split(':')[1])]).toBe('void 0;');

    const fewer = fixtureBook();
    const last =
      '\n```ts run\nconsole.log(tally.count);\n```\n\n```text output vary=numbers\n4\n```\n';
    fewer.editUnrecorded(CHAPTER, last, '');
    expect(stale(fewer)).toEqual([
      `${fewer.place(CHAPTER, 'solution=01.1')}: cells after this one are gone since ${RUN_DATE}\n    ${TO_DO}`,
    ]);
  });

  test('and not before it ran at all', () => {
    const book = fixtureBook();
    writeRuns(book.root, new Map());
    expect(stale(book)).toEqual([
      `${book.place(CHAPTER, 'ts run')}: the chapter was never recorded\n    ${TO_DO}`,
    ]);
  });
});

describe('a book with such a chapter', () => {
  test('is not built, and says why', async () => {
    const book = fixtureBook();
    book.editUnrecorded(CHAPTER, 'told < 3', 'told < 4');
    expect(() => loadSoundBook(book.root)).toThrow('has changed since the chapter was recorded');
    const building = buildBook(book.root, join(book.root, '_book'));
    await expect(building).rejects.toThrow(TO_DO);
  });

  test('is built as a draft, with what is left to do', async () => {
    const book = fixtureBook();
    book.editUnrecorded(CHAPTER, 'told < 3', 'told < 4');
    const builder = createBuilder(book.root, join(book.root, '_book'), { isDraft: true });
    const { unfinished } = await builder.build();
    expect(unfinished.map(({ file }) => file)).toEqual([CHAPTER]);
    expect(book.read('_book/01-count.html')).toContain('4');
    book.editUnrecorded(CHAPTER, 'told < 4', 'told < 3');
    expect((await builder.build()).unfinished).toEqual([]);
  }, 30_000);

  test('tells its mistakes before what is left to do, and all of them at once', () => {
    const book = fixtureBook();
    book.editUnrecorded(CHAPTER, 'told < 3', 'told < 4');
    book.editUnrecorded(CHAPTER, '02-again.md#the-same-once-more', '02-again.md#nowhere');
    expect(() => loadDraft(book.root)).toThrow(/has changed since.*leads to no heading/s);
  });
});

describe('the file of runs', () => {
  test('is in the order of the chapters, whoever ran first', () => {
    const book = fixtureBook();
    const { runs } = loadBook(book.root).book;
    const before = book.read(RUNS_FILE);
    expect(writeRuns(book.root, new Map([...runs].reverse()))).toBe(false);
    expect(book.read(RUNS_FILE)).toBe(before);
    expect([...readRuns(book.root).keys()]).toEqual([...runs.keys()].sort());
  });

  test('that is broken, as by a merge, is told with what to do', () => {
    const book = fixtureBook();
    writeFileSync(join(book.root, RUNS_FILE), '<<<<<<< HEAD\n');
    expect(() => loadBook(book.root)).toThrow(/runs\.json:1: cannot be read.*npm run record/s);
  });
});

describe('what the cells need', () => {
  test('is opened by the module that the configuration names', async () => {
    const book = fixtureBook();
    const opened = await openLabOf(book.root, {
      ...loadBook(book.root).book.config,
      lab: 'lab.mjs',
    });
    expect(opened.versions).toEqual({ Abacus: '1.0' });
    await opened.close();
  });

  test('is nothing where the configuration names none', async () => {
    const { root } = fixtureBook();
    const { lab: _, ...config } = loadBook(root).book.config;
    expect((await openLabOf(root, config)).env).toEqual({});
  });

  test('is refused with a reason where the module cannot be used', async () => {
    const { root } = fixtureBook();
    const { config } = loadBook(root).book;
    await expect(openLabOf(root, { ...config, lab: 'none.mjs' })).rejects.toThrow(
      'book.config.json:1: `lab`: none.mjs cannot be loaded',
    );
    writeFileSync(join(root, 'empty.mjs'), 'export const close = 1;\n');
    await expect(openLabOf(root, { ...config, lab: 'empty.mjs' })).rejects.toThrow(
      '`lab`: empty.mjs exports no function `open`',
    );
  });
});
