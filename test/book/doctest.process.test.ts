import { describe, expect, onTestFinished, test } from 'vitest';
import { runnables } from '../../src/book/chapter/chapter.ts';
import { type Doctest, type Outcome, openDoctest } from '../../src/book/doctest/doctest.ts';
import { type FixtureBook, fixtureBook } from './fixture-book.ts';

const CHAPTER = 'chapters/01-count.md';
const RUNS_MS = 60_000;

function open(book: FixtureBook, cellTimeoutMs?: number): Doctest {
  const options = cellTimeoutMs === undefined ? {} : { cellTimeoutMs };
  const doctest = openDoctest(book.root, book.chapter('01-count'), options);
  onTestFinished(() => doctest.close());
  return doctest;
}

/** Runs the chapter to its end. */
async function outcomes(doctest: Doctest): Promise<Outcome[]> {
  const results: Outcome[] = [];
  for (const block of runnables(doctest.chapter)) results.push(await doctest.outcome(block));
  return results;
}

const statuses = (results: Outcome[]) => results.map(({ status }) => status);
const messages = (results: Outcome[]) =>
  results.map((result) => ('message' in result ? result.message : ''));

describe('a doctest', { timeout: RUNS_MS }, () => {
  test('passes every cell and command of a sound chapter, and counts them', async () => {
    const book = fixtureBook();
    const doctest = open(book);
    const fences = book.read(CHAPTER).match(/^```(ts (?!file)|sh run)/gm) ?? [];
    expect(statuses(await outcomes(doctest))).toEqual(fences.map(() => 'passed'));
    expect(doctest.ran()).toBe(fences.length);
    expect(await doctest.finish()).toEqual([]);
  });

  test('shows a diff, at the output, of a word that is printed differently, and goes on', async () => {
    const book = fixtureBook();
    book.edit(CHAPTER, 'count is 2\n', 'count is two\n');
    const results = await outcomes(open(book));
    expect(statuses(results)).toEqual(['passed', 'differs', ...Array(6).fill('passed')]);
    expect(messages(results)[1]).toBe(
      `${CHAPTER}:${lineOf(book, 'text output')}: prints something else (- chapter, + this run)\n` +
        `  count is 1\n- count is two\n+ count is 2\n  count is 3\n  ${finishedLine(results)}`,
    );
  });

  test('names the line that throws, and skips the cells that depend on it', async () => {
    const book = fixtureBook();
    book.edit(
      CHAPTER,
      '  await after(1);',
      '  await after(1);\n  if (told === 1) throw new Error("lost count");',
    );
    const results = await outcomes(open(book));
    expect(statuses(results)).toEqual(['passed', 'failed', ...Array(6).fill('skipped')]);
    const place = `${CHAPTER}:${lineOf(book, 'lost count')}`;
    expect(messages(results)[1]).toContain(`${place}: Error: lost count`);
    expect(messages(results)[4]).toBe(`depends on a cell that failed: ${place}: Error: lost count`);
  });

  test('fails the cell whose promise rejects and is not awaited', async () => {
    const book = fixtureBook();
    book.edit(CHAPTER, '  await after(1);', '  void Promise.reject(new Error("nobody listens"));');
    const [, second] = messages(await outcomes(open(book)));
    expect(second).toContain(
      `${CHAPTER}:${lineOf(book, 'nobody listens')}: rejected in the background, awaited by nobody: Error: nobody listens`,
    );
  });

  test('waits at the end for what was left in the background', async () => {
    const book = fixtureBook();
    book.edit(
      CHAPTER,
      'console.log(tally.count);',
      'console.log(tally.count);\nvoid after(300).then(() => { throw new Error("too late"); });',
    );
    const doctest = open(book);
    expect(statuses(await outcomes(doctest))).not.toContain('failed');
    expect(await doctest.finish()).toEqual([
      expect.stringContaining(`${CHAPTER}:${lineOf(book, 'too late')}: rejected in the background`),
    ]);
  });

  test('fails a cell that must throw and does not, or throws something else', async () => {
    const calm = fixtureBook();
    calm.edit(CHAPTER, 'nothing!.add();', '');
    expect(messages(await outcomes(open(calm)))[3]).toContain(
      'must throw TypeError, but did not throw',
    );
    const other = fixtureBook();
    other.edit(CHAPTER, 'throws=TypeError', 'throws=RangeError');
    expect(messages(await outcomes(open(other)))[3]).toContain(
      'must throw RangeError, but threw TypeError: Cannot read',
    );
  });

  test('fails a cell that prints what the chapter does not show', async () => {
    const book = fixtureBook();
    book.edit(CHAPTER, 'const tally = new', 'console.log("hidden");\nconst tally = new');
    const [first] = messages(await outcomes(open(book)));
    expect(first).toContain('prints what the chapter does not show\n+ hidden');
  });

  test('fails a cell whose types are wrong without running it', async () => {
    const book = fixtureBook();
    book.edit(CHAPTER, 'tally.add();\n}', 'tally.add(1);\n}');
    const doctest = open(book);
    expect(statuses(await outcomes(doctest)).slice(0, 3)).toEqual(['passed', 'failed', 'skipped']);
    expect(doctest.ran()).toBe(1);
  });

  test('ends a cell that hangs, and says so', async () => {
    const book = fixtureBook();
    book.edit(
      CHAPTER,
      '  await after(1);',
      '  await new Promise((never) => setTimeout(never, 1e9));',
    );
    const [, second] = messages(await outcomes(open(book, 1_500)));
    expect(second).toMatch(/did not finish within 1.5 s/);
  });

  test('tells a cell that ends the process from one that finishes', async () => {
    const book = fixtureBook();
    book.edit(CHAPTER, '  await after(1);', '  process.exit(0);');
    const [, second] = messages(await outcomes(open(book)));
    expect(second).toContain('the process ended (exit code 0) before the cell did');
  });

  test('fails an exercise whose check is green before the reader has done anything', async () => {
    const book = fixtureBook();
    book.edit(
      CHAPTER,
      '  tally.add();\n});\n```',
      '  for (let n = 0; n < 5; n++) tally.add();\n});\n```',
    );
    expect(messages(await outcomes(open(book)))[5]).toBe(
      `${CHAPTER}:${lineOf(book, 'ts exercise=01.1')}: the check of 01.1 is green before the reader has done anything`,
    );
  });

  test('fails a solution with which the check is red, with what it said', async () => {
    const book = fixtureBook();
    book.edit(CHAPTER, 'tally.count < 5', 'tally.count < 4');
    expect(messages(await outcomes(open(book)))[6]).toBe(
      `${CHAPTER}:${lineOf(book, 'ts solution=01.1')}: the check is red with the solution: ✗ 01.1 is not done yet: the tally must have counted to five`,
    );
  });

  test('fails a solution that answers no exercise of its id, or does not compile', async () => {
    const book = fixtureBook();
    book.edit(CHAPTER, "exercise('01.1'", "exercise('01.2'");
    expect(messages(await outcomes(open(book)))[6]).toContain(
      '✗ 01.1 is no exercise that was posed; there are 01.2',
    );
    book.edit(CHAPTER, 'while (tally.count', 'while (tally.counter');
    const line = lineOf(book, 'tally.counter');
    expect(messages(await outcomes(open(book)))[6]).toContain(
      `${CHAPTER}:${line}: Property 'counter'`,
    );
  });

  test('hides what a solution declares from later cells, as the notebook does', async () => {
    const book = fixtureBook();
    book.edit(CHAPTER, 'tally.add();\nexercise1', 'const five = 5;\ntally.add();\nexercise1');
    book.edit(CHAPTER, 'console.log(tally.count)', 'console.log(five)');
    expect(messages(await outcomes(open(book)))[7]).toContain("Cannot find name 'five'");
  });

  test('fails a command by its exit code', async () => {
    const book = fixtureBook();
    book.edit(CHAPTER, 'node -p "', 'exit 3; node -p "');
    expect(messages(await outcomes(open(book)))[2]).toContain('exit code 3');
  });
});

function lineOf(book: FixtureBook, text: string): number {
  return Number(book.place(CHAPTER, text).split(':')[1]);
}

/** The one line of the output whose text differs from run to run. */
function finishedLine(results: Outcome[]): string {
  const [, second] = results;
  const printed = second !== undefined && 'printed' in second ? second.printed : '';
  return printed.trim().split('\n').at(-1) ?? '';
}
