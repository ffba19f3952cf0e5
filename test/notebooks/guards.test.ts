import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadBook } from '../../src/book/book.ts';
import { executeNotebook } from '../../src/book/notebook/execute.ts';
import { writeNotebooks } from '../../src/book/notebook/write.ts';
import { jupyterIsInstalled } from '../../src/lab/tools/jupyter.ts';
import { type FixtureBook, fixtureBook } from '../book/fixture-book.ts';

const canSkip = !jupyterIsInstalled() && process.env.CI !== 'true';
const execute = ({ root }: FixtureBook) => executeNotebook(join(root, 'notebooks/01-count.ipynb'));

describe.skipIf(canSkip)('in the kernel', () => {
  test('an exercise is red as the reader finds it, and green once it is done', async () => {
    const book = fixtureBook();
    const checked = async () => {
      const executed = await execute(book);
      expect(executed.filter(({ ok }) => !ok)).toEqual([]);
      return executed.map(({ stdout }) => stdout).filter((stdout) => stdout.includes('01.1'));
    };
    expect(await checked()).toEqual([
      '✗ 01.1 is not done yet: the tally must have counted to five\n',
    ]);
    const start = 'exercise1.answer((tally) => {\\n",\n    "  tally.add();';
    book.edit('notebooks/01-count.ipynb', start, start.replace('tally.add()', 'tally.count = 5'));
    expect(await checked()).toEqual(['✓ 01.1\n']);
  });

  test('a figure is shown as a picture, and told as text', async () => {
    const book = fixtureBook();
    book.draw('02-two');
    writeNotebooks(loadBook(book.root).book);
    const executed = await executeNotebook(join(book.root, 'notebooks/02-again.ipynb'));
    const shown = executed.filter(({ displayed }) => displayed.length > 0);
    expect(shown).toEqual([
      expect.objectContaining({
        displayed: ['image/svg+xml'],
        stdout: '[figure: a figure of two]\n2\n',
        ok: true,
      }),
    ]);
  });
});

describe.skipIf(canSkip)('what the kernel keeps to itself is noticed', () => {
  test('a notebook of a sound chapter passes to its last guard', async () => {
    const executed = await execute(fixtureBook());
    expect(executed.map(({ ok }) => ok)).toEqual(Array(9).fill(true));
  });

  test('a promise that rejects and is not awaited fails the last guard', async () => {
    const book = fixtureBook();
    const rejecting = 'void Promise.reject(new Error(\\"nobody listens\\"));';
    book.edit('notebooks/01-count.ipynb', 'console.log(tally.count);', rejecting);
    const executed = await execute(book);
    expect(executed.map(({ ok }) => ok)).toEqual([...Array(8).fill(true), false]);
    expect(executed.at(-1)?.stderr).toContain('rejected in the background: Error: nobody listens');
  });

  test('execution stops at a cell that fails, instead of passing the cells that were skipped', async () => {
    const book = fixtureBook();
    book.edit('notebooks/01-count.ipynb', 'for (let told = 0;', 'for (let told: string = 0;');
    const executed = await execute(book);
    expect(executed.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(executed.at(-1)?.stderr).toContain("Type 'number' is not assignable to type 'string'");
  });
});
