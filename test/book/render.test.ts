import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildBook, createBuilder } from '../../src/book/build.ts';
import { checkBook } from '../../src/book/check.ts';
import { BookError } from '../../src/book/problem.ts';
import { escapeHtml, html } from '../../src/book/render/html.ts';
import { type FixtureBook, fixtureBook } from './fixture-book.ts';

/** The first build loads the grammars of the highlighter. */
const BUILDS_MS = 30_000;
const CHAPTER = 'chapters/01-count.md';

const outDir = ({ root }: FixtureBook) => join(root, '_book');
const page = (book: FixtureBook, name = '01-count.html') =>
  readFileSync(join(outDir(book), name), 'utf8');

describe('the pages of a book', { timeout: BUILDS_MS }, () => {
  test('are a cover, a page for each chapter, and assets beside them', async () => {
    const book = fixtureBook();
    const { pages } = await buildBook(book.root, outDir(book));
    const names = readdirSync(outDir(book)).sort();
    expect(names.filter((name) => !name.endsWith('.html'))).toEqual([
      'assets',
      'figures',
      'notebooks',
    ]);
    expect(names).toEqual(expect.arrayContaining(['index.html', '01-count.html', '02-again.html']));
    expect(pages).toBe(names.length - 3);
    expect(existsSync(join(outDir(book), 'assets', 'style.css'))).toBe(true);
    expect(page(book, 'index.html')).toContain('A tally counts what it is told.');
  });

  test('obey a policy without inline scripts and styles, and load nothing from elsewhere', async () => {
    const book = fixtureBook();
    await buildBook(book.root, outDir(book));
    for (const name of ['index.html', '01-count.html']) {
      const text = page(book, name);
      expect(text).not.toMatch(/ style=|<style| on[a-z]+=|javascript:/);
      expect(text).not.toMatch(/<script(?![^>]* src="assets\/)/);
      expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
    }
    const css = readFileSync(join(outDir(book), 'assets', 'style.css'), 'utf8');
    expect(css).not.toMatch(/url\(|@import/);
  });

  test('load the scripts of every book, and those that who builds them names', async () => {
    const book = fixtureBook();
    await buildBook(book.root, outDir(book));
    const scripts = page(book).match(/<script.*?<\/script>/g);
    expect(scripts).toEqual([
      '<script src="assets/first.js"></script>',
      '<script defer src="assets/book.js"></script>',
    ]);
    for (const name of ['first.js', 'book.js', 'sections.js', 'glossary.js']) {
      expect(existsSync(join(outDir(book), 'assets', name)), name).toBe(true);
    }
    await createBuilder(book.root, outDir(book), { scripts: ['live.js'] }).build();
    expect(page(book)).toContain('<script type="module" src="assets/live.js"></script>');
  });

  test('show every role of a block', async () => {
    const book = fixtureBook();
    await buildBook(book.root, outDir(book));
    const text = page(book);
    expect(text).toMatch(
      /<a href="file-tally-ts.html#L7"><code>src\/tally.ts<\/code><\/a> <span>in class Tally, lines 7–11</,
    );
    expect(text).toContain('<figcaption class="throws">throws <code>TypeError</code>');
    expect(text).toContain('<samp>count is 1\ncount is 2\ncount is 3\nfinished at …</samp>');
    expect(text).toMatch(
      /<section class="run-panel" data-scenario="count"[^>]*>\n<p>Run it live: <code>npm start/,
    );
    expect(text).toContain('<span class="code-keyword">for</span>');
    expect(text).toContain('<details class="check">\n<summary>The check of 01.1</summary>');
    expect(text).toContain('<figcaption class="exercise">exercise 01.1<');
    expect(text).toContain('<details><summary>Solution</summary>');
  });

  test('have links between pages, and none to a file that is not beside them', async () => {
    const book = fixtureBook();
    await buildBook(book.root, outDir(book));
    const text = page(book);
    expect(text).toContain('<a href="#what-goes-wrong">what goes wrong</a>');
    expect(text).toContain('<a href="02-again.html#the-same-once-more">');
    expect(text).toContain('<a>the source</a>');
    expect(text).toMatch(/<a rel="next" href="02-again.html">/);
    for (const [, target = ''] of text.matchAll(/href="([^"#]+)/g)) {
      expect(existsSync(join(outDir(book), target)), target).toBe(true);
    }
    for (const [, id = ''] of text.matchAll(/href="#([^"]+)/g))
      expect(text).toContain(`id="${id}"`);
  });

  test('offer the notebook of a chapter that has one', async () => {
    const book = fixtureBook();
    await buildBook(book.root, outDir(book));
    expect(page(book)).toContain('<a href="notebooks/01-count.ipynb" download>');
    const offered = readFileSync(join(outDir(book), 'notebooks/01-count.ipynb'), 'utf8');
    expect(offered).toBe(book.read('notebooks/01-count.ipynb'));
  });

  test('are one page as well, on which every link leads somewhere and every id is there once', async () => {
    const book = fixtureBook();
    await buildBook(book.root, outDir(book));
    const text = page(book, 'print.html');
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const inner = [...text.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(inner).toContain('02-again--the-same-once-more');
    expect(inner.filter((id) => !ids.includes(id))).toEqual([]);
    expect(text).not.toMatch(/href="0\d-[a-z]+\.html/);
    expect(text).not.toContain('<script');
  });

  test('are one file then, which needs nothing beside it', async () => {
    const book = fixtureBook();
    await buildBook(book.root, outDir(book));
    const text = page(book, 'print.html');
    expect(text).toContain(`<style>${page(book, 'assets/style.css')}</style>`);
    const loaded = [...text.matchAll(/ src="([^"]{0,30})/g)].map(([, address]) => address);
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((address) => !address?.startsWith('data:image/'))).toEqual([]);
    expect(text).not.toContain('stylesheet');
    expect(text).not.toMatch(/ href="(?!#|https?:|data:)/);
  });

  test('bring along the figures that they show, and no others', async () => {
    const book = fixtureBook();
    book.draw('02-two');
    for (const name of ['02-two.svg', 'other.svg']) {
      writeFileSync(join(book.root, 'chapters/figures', name), '<svg/>');
    }
    await buildBook(book.root, outDir(book));
    expect(page(book, '02-again.html')).toContain(
      '<img src="figures/02-two.svg" alt="Two." loading="lazy">',
    );
    expect(readdirSync(join(outDir(book), 'figures'))).toEqual(['02-two.svg', '03-bundle.svg']);
  });

  test('may have a preface that only has commands, and a glossary that has nothing to run', async () => {
    const book = fixtureBook();
    const first = '{ "slug": "01-count", "title": "Counting aloud" },';
    const preface = '{ "slug": "00-start", "title": "Where to start" },';
    const glossary = '{ "slug": "a3-glossary", "title": "Words" },';
    book.edit('book.config.json', first, `${preface}${first}${glossary}`);
    const commands =
      '# Where to start\n\nHere.\n\n```sh run\nnode -v\n```\n\n```text output\n…\n```\n';
    book.write('chapters/00-start.md', commands);
    book.write('chapters/a3-glossary.md', '# Words\n\n**tally** See there.\n');
    expect(checkBook(book.root)).toEqual([]);
    await buildBook(book.root, outDir(book));
    expect(page(book, '00-start.html')).toContain('<p class="eyebrow">Preface · start</p>');
    expect(page(book, '00-start.html')).toContain('<a rel="next" href="01-count.html">');
    expect(page(book, 'a3-glossary.html')).toContain('<p class="eyebrow">Appendix A3 · glossary');
    expect(page(book, 'index.html')).toContain('aria-label="0: Where to start">0</a>');
  });

  test('link an excerpt to its line in the repository, when the book has one', async () => {
    const book = fixtureBook();
    book.edit(
      'book.config.json',
      '"scenarios"',
      '"repository": { "files": "https://host/blob/main" },\n  "scenarios"',
    );
    await buildBook(book.root, outDir(book));
    const line = book.place('src/tally.ts', '/** Adds one').split(':')[1];
    expect(page(book)).toContain(`href="https://host/blob/main/src/tally.ts#L${line}">`);
    expect(page(book)).toContain('<a href="https://host/blob/main/src/tally.ts">the source</a>');
  });

  test('are not written when an excerpt has drifted', async () => {
    const book = fixtureBook();
    book.edit(CHAPTER, 'Adds one, and', 'Adds two, and');
    await expect(buildBook(book.root, outDir(book))).rejects.toThrow(BookError);
    expect(existsSync(outDir(book))).toBe(false);
  });
});

describe('a builder', { timeout: BUILDS_MS }, () => {
  test('builds what is on disk now, and leaves alone what has not changed', async () => {
    const book = fixtureBook();
    const builder = createBuilder(book.root, outDir(book));
    await builder.build();
    const untouched = () => statSync(join(outDir(book), '02-again.html')).mtimeMs;
    const before = untouched();
    book.edit(CHAPTER, 'It holds one number', 'It holds a single number');
    await builder.build();
    expect(page(book)).toContain('It holds a single number');
    expect(untouched()).toBe(before);
  });

  test('removes the page of a chapter that is no longer in the book', async () => {
    const book = fixtureBook();
    const builder = createBuilder(book.root, outDir(book));
    await builder.build();
    book.edit(
      'book.config.json',
      ',\n        { "slug": "02-again", "title": "Counting again" }',
      '',
    );
    book.edit(CHAPTER, '[the next chapter](02-again.md#the-same-once-more)', 'the next chapter');
    await builder.build();
    expect(existsSync(join(outDir(book), '02-again.html'))).toBe(false);
    expect(readdirSync(join(outDir(book), 'notebooks'))).not.toContain('02-again.ipynb');
  });

  test('tells its problems and builds again once they are mended', async () => {
    const book = fixtureBook();
    const builder = createBuilder(book.root, outDir(book));
    book.edit(CHAPTER, '```ts run', '```ts rum');
    await expect(builder.build()).rejects.toThrow('unknown flag `rum`');
    book.edit(CHAPTER, '```ts rum', '```ts run');
    expect(await builder.build()).toMatchObject({ pages: 9 });
  });
});

describe('markup', () => {
  test('escapes text and leaves markup as it is', () => {
    const name = `<b>"Tom" & 'Jerry'</b>`;
    expect(html`<p title="${name}">${html`<i>${1}</i>`}${undefined}</p>`.html).toBe(
      '<p title="&lt;b&gt;&quot;Tom&quot; &amp; &#39;Jerry&#39;&lt;/b&gt;"><i>1</i></p>',
    );
    expect(escapeHtml('a < b')).toBe('a &lt; b');
  });
});
