/**
 * The engine renders any folder with a `book.config.json`: here a book about counting, which has its own
 * sources, words, measurements and figures, and what its cells need.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildBook } from '../../src/book/build.ts';
import { checkBook } from '../../src/book/check.ts';
import { RUNS_FILE } from '../../src/book/record/runs.ts';
import type { Glossary, Section } from '../../src/book/render/page-data.ts';
import { typesOf } from '../../src/book/types/cache.ts';
import { inClone } from '../../src/lab/clone.ts';
import { fixtureBook, RUN_DATE } from './fixture-book.ts';

const run = promisify(execFile);
const RUNS_MS = 120_000;

describe('a book on another subject', { timeout: RUNS_MS }, () => {
  let out: string;
  let pages: Map<string, string>;
  beforeAll(async () => {
    let remove = () => {};
    const book = fixtureBook((whenDone) => {
      remove = whenDone;
    });
    expect(checkBook(book.root)).toEqual([]);
    out = join(book.root, '_book');
    await buildBook(book.root, out, { typesOf });
    const names = readdirSync(out).filter((name) => name.endsWith('.html'));
    pages = new Map(names.map((name) => [name, readFileSync(join(out, name), 'utf8')]));
    return remove;
  }, RUNS_MS);

  /** What a script of data holds. */
  function data<T>(name: string): T {
    const script = readFileSync(join(out, 'assets', name), 'utf8');
    return JSON.parse(script.replace(/^globalThis\.\w+=/, '').replace(/;\n$/, ''));
  }

  test('has all the pages that a book has', () => {
    expect([...pages.keys()].sort()).toEqual([
      '01-count.html',
      '02-again.html',
      '03-bundle.html',
      'a1-words.html',
      'file-tally-ts.html',
      'index.html',
      'print.html',
      'sources.html',
      'symbols.html',
    ]);
  });

  test('says nothing of the subject of ours', () => {
    for (const [name, page] of pages) {
      // The package that cells take `show` and `exercise` from bears the engine's name.
      const bare = page.replaceAll('streambook/lab', '').replaceAll('lab/show', '');
      // The page that is one file has its looks in it, and looks have offsets of their own.
      const told = bare.replace(/<style>.*?<\/style>/s, '');
      expect(told.match(/.*(temporal|stream|workflow|\boffset|tape\b.*server).*/i)?.[0], name).toBe(
        undefined,
      );
    }
    const notebook = readFileSync(join(out, 'notebooks/03-bundle.ipynb'), 'utf8');
    const prose = notebook.replaceAll('streambook/lab', '').replaceAll('"stream"', '');
    expect(prose).not.toMatch(/temporal|stream|workflow/i);
    expect(prose).toContain('of Strokes');
  });

  test('has a cover with its parts and ledes', () => {
    const cover = pages.get('index.html');
    expect(cover).toContain('<h1>Strokes</h1>');
    expect(cover).toContain('<h2>Appendix</h2>');
    expect(cover).toContain('Nobody counts eleven strokes at a glance');
  });

  test('is searched by its sections and names, and explains its words', () => {
    const sections = data<Section[]>('sections.js');
    expect(sections).toContainEqual(
      expect.objectContaining({ href: '03-bundle.html#a-bundle', place: '3 Counting by fives' }),
    );
    expect(sections).toContainEqual(
      expect.objectContaining({ title: 'Tally', place: 'class in src/tally.ts' }),
    );
    expect(data<Glossary>('glossary.js').bundle).toEqual({
      term: 'Bundle',
      text: 'Five strokes: four, and one across them.',
    });
    expect(pages.get('03-bundle.html')).toContain('href="a1-words.html#tally"');
  });

  test('lists its names and its sources, whole and by the chapters that explain them', () => {
    expect(pages.get('symbols.html')).toContain('<code>Tally</code></a></th><td>class in');
    expect(pages.get('sources.html')).toContain('<code>src/tally.ts</code>');
    const file = pages.get('file-tally-ts.html');
    expect(file).toContain('1 Counting aloud</a>');
    expect(file).toContain('3 Counting by fives</a>');
  });

  test('tells the types of its names', () => {
    expect(pages.get('03-bundle.html')).toMatch(/<span data-type="\d+"><span[^>]*>bundles</);
    const types = data<{ type: string; about: string }[]>('types-03-bundle.js');
    expect(types).toContainEqual({
      type: '(method) Tally.bundles(): [bundles: number, strokes: number]',
      about: 'Whole bundles of five, and the strokes beside them.',
    });
  });

  test('shows its figures, its measurements, and when it ran on what', () => {
    const page = pages.get('03-bundle.html') ?? '';
    expect(existsSync(join(out, 'figures/03-bundle.svg'))).toBe(true);
    expect(page).toContain('alt="Four strokes, and a fifth across them."');
    expect(page).toMatch(/A hand makes 12 /);
    const stamp = new RegExp(
      `ran on <time datetime="${RUN_DATE}">2 January 2026</time>, with Node [\\d.]+, TypeScript [\\d.]+ and Abacus 1\\.0\\.</p>`,
    );
    expect(page).toMatch(stamp);
    expect(pages.get('print.html')?.match(new RegExp(stamp, 'g'))).toHaveLength(3);
    expect(pages.get('a1-words.html')).not.toContain('class="stamp"');
  });
});

test(
  'the command runs its cells beside what they need, and writes down what that was',
  async () => {
    const book = fixtureBook();
    const chapter = 'chapters/03-bundle.md';
    book.editUnrecorded(chapter, '\nawait show', '\nconsole.log(process.env.ABACUS);\nawait show');
    const cli = inClone('src/dist/book/cli.js');
    const { stdout } = await run(process.execPath, [cli, 'record', '03-bundle'], {
      cwd: book.root,
    });
    expect(stdout).toContain(`${RUNS_FILE}: written`);
    expect(book.read(chapter)).toContain('```text output\nready\n[figure: ');
    const runs = JSON.parse(book.read(RUNS_FILE));
    expect(runs['03-bundle'].date).toBe(new Date().toISOString().slice(0, 10));
    expect(runs['03-bundle'].versions).toMatchObject({
      Node: process.versions.node,
      Abacus: '1.0',
    });
    expect(runs['01-count'].date).toBe(RUN_DATE);
    expect(checkBook(book.root)).toEqual([]);
  },
  RUNS_MS,
);
