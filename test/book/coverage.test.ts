import { expect, test } from 'vitest';
import { loadBook, loadSoundBook } from '../../src/book/book.ts';
import { formatProblem } from '../../src/book/problem.ts';
import { coverageProblems } from '../../src/book/source/coverage.ts';
import { asOf } from '../chapters/strip.ts';
import { type FixtureBook, fixtureBook } from './fixture-book.ts';

const CONFIG = 'book.config.json';

function problemsOf({ root }: FixtureBook): string[] {
  return coverageProblems(loadBook(root).book).map((problem) => formatProblem(problem));
}

test('nothing is missing where chapters show every line', () => {
  expect(problemsOf(fixtureBook())).toEqual([]);
});

test('a stretch of code that no chapter shows is told at its first line', () => {
  const fixture = fixtureBook();
  const source = fixture.read('src/tally.ts');
  fixture.edit(
    'src/tally.ts',
    source,
    `${source}\nexport const lost = 1;\nexport const too = 2;\n`,
  );
  expect(problemsOf(fixture)).toEqual([
    expect.stringContaining(
      `${fixture.place('src/tally.ts', 'export const lost')}: no chapter shows \`export const lost = 1;\``,
    ),
  ]);
  expect(() => loadSoundBook(fixture.root)).toThrow('no chapter shows `export const lost = 1;`');
});

test('imports need no chapter, nor does what waits for a chapter to come', () => {
  const fixture = fixtureBook();
  const source = fixture.read('src/tally.ts');
  const later = '// #region since-9\nexport const later = 1;\n// #endregion since-9\n';
  fixture.edit(
    'src/tally.ts',
    source,
    `${source.replace('\n', "\nimport 'node:fs';\n")}\n${later}`,
  );
  expect(problemsOf(fixture)).toEqual([]);
});

test('what a region leaves to a later chapter must be shown by that chapter', () => {
  const fixture = fixtureBook();
  const later = '    // #region since-2\n    this.later();\n    // #endregion since-2\n';
  fixture.edit('src/tally.ts', '    return this.#count;\n', `${later}    return this.#count;\n`);
  expect(problemsOf(fixture)).toEqual([
    expect.stringContaining('no chapter shows `this.later();`, which belongs to chapter 2'),
  ]);
});

test('a region that is shown twice is told at the second place', () => {
  const fixture = fixtureBook();
  const chapter = 'chapters/01-count.md';
  const [fence = ''] = fixture.read(chapter).match(/```ts file=src\/tally\.ts.*?\n```\n/s) ?? [];
  expect(fence).not.toBe('');
  fixture.edit(chapter, fence, `${fence}\nAnd again:\n\n${fence}`);
  expect(problemsOf(fixture)).toEqual([
    expect.stringMatching(/01-count\.md:\d+: shows .* again, after/),
  ]);
});

test('a file of the core that does not exist is told', () => {
  const fixture = fixtureBook();
  fixture.edit(CONFIG, 'src/tally.ts', 'src/tale.ts');
  expect(problemsOf(fixture)).toEqual([
    expect.stringContaining('src/tale.ts, which does not exist'),
  ]);
});

test('the code as of a chapter has its lines where they are, without those of later chapters', () => {
  const source =
    'a\n// #region since-3\nb\n// #endregion since-3\n// #region c\nc\n// #endregion c\nd';
  expect(asOf(source, 2)).toBe('a\n\n\n\n// #region c\nc\n// #endregion c\nd');
  expect(asOf(source, 3)).toBe(source);
});
