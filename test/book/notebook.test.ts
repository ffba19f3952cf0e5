import { describe, expect, test } from 'vitest';
import { loadBook } from '../../src/book/book.ts';
import { generateNotebook } from '../../src/book/notebook/generate.ts';
import type { CodeCell, Notebook } from '../../src/book/notebook/nbformat.ts';
import { type FixtureBook, fixtureBook } from './fixture-book.ts';

function notebookOf({ root }: FixtureBook): Notebook {
  const { book } = loadBook(root);
  const [chapter] = book.chapters;
  if (chapter === undefined) throw new Error('the fixture book has no chapter');
  return JSON.parse(generateNotebook(book, chapter));
}

function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell) => cell.cell_type === 'code');
}

function codeWith(notebook: Notebook, text: string): CodeCell {
  const found = codeCells(notebook).find(({ source }) => source.join('').includes(text));
  if (found === undefined) throw new Error(`no code cell has "${text}"`);
  return found;
}

function markdown(notebook: Notebook): string {
  const cells = notebook.cells.filter((cell) => cell.cell_type === 'markdown');
  return cells.map(({ source }) => source.join('')).join('\n\n');
}

describe('the notebook of a chapter', () => {
  test('is for the kernel tslab, in the form in which Jupyter saves it', () => {
    const book = fixtureBook();
    const text = book.read('notebooks/01-count.ipynb');
    const notebook: Notebook = JSON.parse(text);
    expect(notebook.metadata.kernelspec.name).toBe('tslab');
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(text).toMatch(/^\{\n "cells": \[\n {2}\{\n {3}"cell_type": "markdown",\n/);
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('gives every cell an id of its own that does not change with the text', () => {
    const book = fixtureBook();
    const ids = notebookOf(book).cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    book.edit('chapters/01-count.md', 'Tell it three times', 'Tell it thrice');
    expect(notebookOf(book).cells.map(({ id }) => id)).toEqual(ids);
  });

  test('has the cells of the chapter between two guards, with their outputs', () => {
    const notebook = notebookOf(fixtureBook());
    const sources = codeCells(notebook).map(({ source }) => source[0]?.trim());
    expect(sources).toEqual([
      "import { check } from 'streambook/lab';",
      "import { setTimeout as after } from 'node:timers/promises';",
      'for (let told = 0; told < 3; told += 1) {',
      'try {',
      "import assert from 'node:assert/strict';",
      'exercise1.answer((tally) => {',
      "await check('01.1');",
      'console.log(tally.count);',
      expect.stringContaining('Fails when a promise'),
    ]);
    expect(codeWith(notebook, 'for (let told').outputs[0]?.text).toEqual([
      'count is 1\n',
      'count is 2\n',
      'count is 3\n',
      'finished at …\n',
    ]);
  });

  test('catches what a cell must throw, and nothing else', () => {
    const source = codeWith(notebookOf(fixtureBook()), 'about to fail').source.join('');
    expect(source).toContain('  nothing!.add();\n} catch (error: any) {');
    expect(source).toContain("if (error.type !== 'TypeError' && error.name !== 'TypeError') throw");
  });

  test('hides the check of an exercise, and lets the reader fill in the rest and call it', () => {
    const notebook = notebookOf(fixtureBook());
    expect(codeWith(notebook, "exercise('01.1'").metadata).toEqual({
      jupyter: { source_hidden: true },
      tags: ['check'],
    });
    expect(codeWith(notebook, 'exercise1.answer').metadata).toEqual({ tags: ['exercise'] });
    expect(codeWith(notebook, "await check('01.1')").metadata).toEqual({});
  });

  test('folds a solution away as text, since the cells are for the answers of the reader', () => {
    const notebook = notebookOf(fixtureBook());
    expect(markdown(notebook)).toContain(
      '<details><summary>Solution</summary>\n\nA loop does it:\n\n```typescript\ntally.add();\nexercise1',
    );
    expect(markdown(notebook)).toContain(
      '\n});\n```\n\nIt prints:\n\n```text\ncount is 4\n```\n\n</details>',
    );
    expect(
      codeCells(notebook)
        .map(({ source }) => source.join(''))
        .join(),
    ).not.toContain('while');
  });

  test('shows excerpts with the place of their source, and commands with what they print', () => {
    const text = markdown(notebookOf(fixtureBook()));
    expect(text).toContain('`src/tally.ts#add`\n\n```typescript\n/** Adds one');
    expect(text).toContain('In a terminal:\n\n```sh\nnode -p');
  });

  test('has links that work from its own folder, and no callout that only GitHub knows', () => {
    const text = markdown(notebookOf(fixtureBook()));
    expect(text).toContain('[what goes wrong](#What-goes-wrong)');
    expect(text).toContain('[the next chapter](02-again.ipynb#The-same-once-more)');
    expect(text).toContain('[the source](../src/tally.ts)');
    expect(text).toContain('> **Note**\n>\n> Nothing here');
    expect(text).not.toContain('panel count');
  });

  test('leaves a picture to the cell that draws it, and leads to the others', () => {
    const book = fixtureBook();
    book.draw('02-two');
    book.edit('chapters/02-again.md', 'of its own.', 'of its own.\n\n![Old.](figures/02-old.png)');
    const { book: drawn } = loadBook(book.root);
    const [, second] = drawn.chapters;
    const text = second === undefined ? '' : generateNotebook(drawn, second);
    expect(text).toContain('![Old.](../chapters/figures/02-old.png)');
    expect(text).not.toContain('![Two.]');
  });

  test('has its title once, at the beginning', () => {
    const text = markdown(notebookOf(fixtureBook()));
    expect(text.match(/^# /gm)).toHaveLength(1);
    expect(text).toMatch(/^# Counting aloud\n/);
  });
});
