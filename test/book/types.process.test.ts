/** Types of the names in a book's code, found by the compiler in the fixture book. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSoundBook } from '../../src/book/book.ts';
import { buildBook } from '../../src/book/build.ts';
import { knownTypes, typesOf } from '../../src/book/types/cache.ts';
import type { ChapterTypes } from '../../src/book/types/types.ts';
import { type FixtureBook, fixtureBook } from './fixture-book.ts';

/** `add: (method) …` for each name of a block that has a type. */
function told(types: ChapterTypes | undefined, id: string): string[] {
  const { code, names } = types?.blocks[id] ?? { code: '', names: [] };
  const lines = code.split('\n');
  return names.map(([line, start, end, text]) => {
    const name = lines[line]?.slice(start, end);
    return `${name}: ${types?.texts[text]?.type}`;
  });
}

const load = ({ root }: FixtureBook) => loadSoundBook(root);

describe('the types of a book', () => {
  test('are those of an excerpt in its own file, and of a cell among the cells before it', () => {
    const types = typesOf(load(fixtureBook())).get('01-count');
    expect(told(types, 'code-tally-add')).toContain('add: (method) Tally.add(): number');
    const cells = Object.keys(types?.blocks ?? {}).filter((id) => id.startsWith('cell-'));
    const all = cells.flatMap((id) => told(types, id));
    expect(all).toContain('count: (property) Tally.count: number');
    expect(all).toContainEqual(expect.stringMatching(/^after: .*Promise<T>/));
  });

  test('come with the first words of the docstring', () => {
    const types = typesOf(load(fixtureBook())).get('01-count');
    const about = 'Adds one, and returns how many there are now.';
    expect(types?.texts).toContainEqual({ type: '(method) Tally.add(): number', about });
  });

  test('are found again when a source changes, and not when the prose does', () => {
    const book = fixtureBook();
    typesOf(load(book));
    expect(knownTypes(load(book)).areCurrent).toBe(true);
    book.edit('chapters/01-count.md', '# Counting aloud\n', '# Counting aloud\n\n');
    expect(knownTypes(load(book)).areCurrent).toBe(true);
    book.edit('src/tally.ts', 'Counts what', 'Counts whatever');
    const { types, areCurrent } = knownTypes(load(book));
    expect(areCurrent).toBe(false);
    expect(told(types.get('01-count'), 'code-tally-add')).not.toEqual([]);
    typesOf(load(book));
    expect(knownTypes(load(book)).areCurrent).toBe(true);
  });

  test('are marked in the page, and in a script beside it', async () => {
    const book = fixtureBook();
    const out = join(book.root, '_book');
    await buildBook(book.root, out, { typesOf });
    const page = readFileSync(join(out, '01-count.html'), 'utf8');
    expect(page).toMatch(
      /<span data-type="\d+"><span class="code-function">add<\/span><\/span>\(\)/,
    );
    const script = readFileSync(join(out, 'assets', 'types-01-count.js'), 'utf8');
    expect(script).toContain('(method) Tally.add(): number');
  });

  test('are not asked for by who wants none', async () => {
    const book = fixtureBook();
    await buildBook(book.root, join(book.root, '_book'));
    expect(readFileSync(join(book.root, '_book/01-count.html'), 'utf8')).not.toContain('data-type');
    expect(existsSync(join(book.root, '.streambook/types'))).toBe(false);
  });
});
