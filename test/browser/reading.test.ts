/** The static book in a real browser: what its script adds, and what holds without it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { CHROMIUM, complaintsOf, openChromium } from './chromium.ts';
import { BUILD_TIMEOUT, openStaticBook, type StaticBook } from './static-book.ts';

const CHAPTER = '04-ticker.html';
/** Bytes of script that a page may load, compressed. */
const MOST_SCRIPT_BYTES = 60 * 1024;

/** Characters a line, of each paragraph of three lines and more. */
const LINE_LENGTHS = `[...document.querySelectorAll('main > p:not([class])')].flatMap((paragraph) => {
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  const tops = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom / 8)));
  return tops.size < 3 ? [] : [paragraph.textContent.length / (tops.size - 0.5)];
})`;

/** Sums up how far the page's parts have moved since it began to load, as the browser scores it. */
const LAYOUT_SHIFT = `new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) sum += value;
  }).observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})`;

let book: StaticBook;
let browser: Browser;

/** Opens a page in a browser window of its own. */
async function open(
  path: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(path.includes('://') ? path : `${book.url}/${path}`);
  return { page, complaints };
}

describe.skipIf(!CHROMIUM)('a page of the static book', () => {
  beforeAll(async () => {
    book = await openStaticBook();
    browser = await openChromium();
  }, BUILD_TIMEOUT);
  afterAll(async () => {
    await browser?.close();
    await book?.close();
  });

  test('has a search that forgives a slip, and leads to the section', async () => {
    const { page, complaints } = await open(CHAPTER);
    await page.keyboard.press('/');
    await page.keyboard.type('ring bufer');
    const first = page.locator('dialog.search li').first();
    await first.waitFor();
    expect(await first.textContent()).toContain('Ring buffer');
    await page.keyboard.press('Enter');
    await page.waitForURL(/a3-glossary\.html#ring-buffer$/);
    expect(complaints).toEqual([]);
  });

  test('finds names of the code, and says so when there is nothing', async () => {
    const { page } = await open('index.html');
    await page.locator('.contents [data-tool="search"]').click();
    await page.keyboard.type('WorkflowStreamClient');
    await page.getByText(/class in src\/stream\/client\.ts/).waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement?.tagName')).toBe('A');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.type('qqqqqq');
    await page.getByText('0 sections found').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog[open]').count()).toBe(0);
  });

  test('can be searched from a disk as well', async () => {
    const { page } = await open(pathToFileURL(join(book.folder, CHAPTER)).href);
    await page.keyboard.press('/');
    await page.keyboard.type('truncate');
    await page.locator('dialog.search li').first().waitFor();
  });

  test('turns dark and light by a key, remembers it, and forgets it when it is the system’s', async () => {
    const { page } = await open(CHAPTER, { colorScheme: 'light' });
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.keyboard.press('t');
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.goto(`${book.url}/index.html`);
    expect(await ground()).toBe(dark);
    await page.keyboard.press('t');
    expect(await ground()).toBe(light);
    expect(await page.evaluate('localStorage.getItem("book:theme")')).toBeNull();
  });

  test('is turned by keys, which mean nothing where something is typed', async () => {
    const { page } = await open(CHAPTER);
    await page.keyboard.press('n');
    await page.waitForURL(/05-llm\.html$/);
    await page.keyboard.press('p');
    await page.waitForURL(/04-ticker\.html$/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Control+n').catch(() => undefined);
    await page.keyboard.press('/');
    await page.keyboard.type('npt?');
    expect(await page.locator('dialog.search input').inputValue()).toBe('npt?');
    expect(page.url()).toMatch(/04-ticker\.html$/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    expect(await page.locator('dialog.help').textContent()).toContain('previous chapter');
  });

  test('shows what the glossary says of a word, to the pointer and to the keyboard', async () => {
    const { page } = await open(CHAPTER);
    const term = page.locator('a.term').first();
    const card = page.locator('#term-card');
    await term.hover();
    await card.waitFor();
    const words = await card.textContent();
    expect(words?.length).toBeGreaterThan(40);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
    await term.focus();
    await card.waitFor();
    expect(await term.getAttribute('aria-describedby')).toBe(await card.getAttribute('id'));
  });

  test('tells the type of a name to the pointer, with a link to where it is introduced', async () => {
    const { page, complaints } = await open('02-pipeline.html');
    const name = page.locator('.cell a[data-type]', { hasText: /^WorkflowStreamClient$/ }).first();
    await name.hover();
    const card = page.locator('.type-card');
    await card.getByText('class WorkflowStreamClient').waitFor();
    await card.getByRole('link').click();
    await page.waitForURL(/#code-stream-client-/);
    expect(complaints).toEqual([]);
  });

  test('tells types to the keyboard, name after name of the code that has the focus', async () => {
    const { page } = await open('01-order.html');
    await page.locator('#cell-1 pre').focus();
    const card = page.locator('.type-card');
    await page.keyboard.press('i');
    await card.getByText('class Log').waitFor();
    await page.keyboard.press('i');
    await card.getByText('const log: Log').waitFor();
    await page.keyboard.press('I');
    await card.getByText('class Log').waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
  });

  test('tells a type to a finger that taps its name, and follows no link then', async () => {
    const { page } = await open('02-pipeline.html', { hasTouch: true });
    await page.locator('.cell a[data-type]').first().tap();
    await page.locator('.type-card').waitFor();
    expect(page.url()).toMatch(/02-pipeline\.html$/);
  });

  test('copies a cell as a program that runs, or the lines that are shown', async () => {
    const { page } = await open('01-order.html', {
      permissions: ['clipboard-write', 'clipboard-read'],
    });
    const copied = () => page.evaluate<string>('navigator.clipboard.readText()');
    const cell = page.locator('#cell-2');
    await cell.hover();
    await cell.getByRole('button', { name: 'copy program' }).click();
    await cell.getByRole('button', { name: 'copied' }).waitFor();
    const program = await copied();
    expect(program).toMatch(/^import \{ Log \} from 'streambook\/log';/);
    expect(program).toContain('const log = new Log();');
    const lines = await cell.locator('code').textContent();
    expect(program).toContain(lines?.trim());
    await cell.getByRole('button', { name: 'lines' }).click();
    await cell.getByRole('button', { name: 'copied' }).first().waitFor();
    await expect.poll(copied).toBe(lines);
  });

  test('offers a link to each block', async () => {
    const { page } = await open(CHAPTER);
    const cell = page.locator('#cell-3');
    await cell.hover();
    await cell.getByRole('link', { name: 'link', exact: true }).click();
    expect(new URL(page.url()).hash).toBe('#cell-3');
  });

  test('shows numbers of lines when asked, which lead to their lines', async () => {
    const { page } = await open('01-order.html');
    await page.keyboard.press('l');
    await page.locator('#cell-1-L3').click({ position: { x: 8, y: 5 } });
    await page.waitForURL(/#cell-1-L3$/);
    await page.reload();
    expect(await page.locator('html[data-lines]').count()).toBe(1);
  });

  test('marks the section that is read in the contents, also after a jump and at the end', async () => {
    // So high that the last section is shorter than two thirds of it.
    const { page } = await open(CHAPTER, { viewport: { width: 1280, height: 1400 } });
    const marked = page.locator('.sections [aria-current="location"]');
    const jump = async (selector: string) => {
      await page.evaluate(`document.querySelector('${selector}').scrollIntoView()`);
    };
    await jump('#the-reader-is-told');
    await expect.poll(() => marked.textContent()).toBe('The reader is told');
    await jump('#what-it-costs');
    await expect.poll(() => marked.textContent()).toBe('What it costs');
    await jump('#a-number-on-a-wall');
    await expect.poll(() => marked.textContent()).toBe('A number on a wall');
    await page.keyboard.press('End');
    await expect.poll(() => marked.textContent()).toBe('What you have now');
  });

  test('has lines of 60 to 75 characters', async () => {
    const { page } = await open(CHAPTER);
    const lengths = await page.evaluate<number[]>(LINE_LENGTHS);
    expect(lengths.length).toBeGreaterThan(20);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean).toBeGreaterThan(60);
    expect(mean).toBeLessThan(75);
  });

  test('is printed on white, whatever the theme', async () => {
    const { page } = await open(CHAPTER, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect(await ground()).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
    await page.keyboard.press('t');
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    expect(await ground()).toBe('rgb(255, 255, 255)');
  });

  test('has quizzes that are answered in their place, in words and by the keyboard', async () => {
    const { page } = await open(CHAPTER);
    const quiz = page.locator('details.quiz').first();
    const verdict = page.locator('.verdict').first();
    const proof = quiz.getByText('the next one gets 14');
    expect(await proof.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Choose 1' }).first().click();
    expect(await verdict.textContent()).toBe('It is not 1. Try another, or open the answer.');
    expect(await proof.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Choose 2' }).first().press('Enter');
    expect(await verdict.textContent()).toBe('2 is right.');
    expect(await proof.isVisible()).toBe(true);
  });

  test('is one file as well, with its looks and its figures', async () => {
    const { page, complaints } = await open('print.html');
    expect(await page.evaluate('getComputedStyle(document.body).maxWidth')).not.toBe('none');
    const widths = await page.evaluate<number[]>(
      '[...document.images].map((image) => image.naturalWidth)',
    );
    expect(widths.length).toBeGreaterThan(5);
    expect(widths.filter((width) => width === 0)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('remembers a chapter that was read to its end', async () => {
    const { page } = await open(CHAPTER);
    expect(await page.locator('[data-read]').count()).toBe(0);
    await page.keyboard.press('End');
    await page.locator('[data-entry="04-ticker"][data-read]').waitFor();
    await page.goto(`${book.url}/01-order.html`);
    const entry = page.locator('[data-entry="04-ticker"][data-read]');
    await entry.waitFor();
    // Who cannot see the colour is told in words.
    expect(await entry.textContent()).toContain('read to its end');
  });

  test('can be read without its script, and shows no button that does nothing', async () => {
    const { page } = await open(CHAPTER, { javaScriptEnabled: false });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.locator('main pre').count()).toBeGreaterThan(10);
    expect(await page.locator('.contents a').count()).toBeGreaterThan(10);
  });

  test('does not move while it loads, and loads little', async () => {
    const { page } = await open(CHAPTER);
    await page.waitForLoadState('networkidle');
    const shift = await page.evaluate<number>(LAYOUT_SHIFT);
    expect(shift).toBeLessThan(0.01);
    const scripts = readdirSync(join(book.folder, 'assets')).filter((name) =>
      /^(first|book)\.js$/.test(name),
    );
    const bytes = scripts.map(
      (name) => gzipSync(readFileSync(join(book.folder, 'assets', name))).length,
    );
    expect(scripts).toHaveLength(2);
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBeLessThan(MOST_SCRIPT_BYTES);
  });
});
