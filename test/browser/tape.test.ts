/** Recorded runs in a real browser: what a reader can do with them, and what is true without a script. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readRecording } from '../../src/book/record/recordings.ts';
import { momentsOf } from '../../src/draw/replay.ts';
import { inClone } from '../../src/lab/clone.ts';
import { CHROMIUM, complaintsOf, openChromium } from './chromium.ts';
import { openStaticBook, type StaticBook } from './static-book.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const CHAPTER = '01-order.html';
const recording = readRecording(inClone(), '01-order');
const moments = momentsOf(recording);

let book: StaticBook;
let browser: Browser;

/** The recording on a page of its own. */
interface Opened {
  page: Page;
  figure: Locator;
  /** The slider with the time. */
  time: Locator;
  press(name: string): Promise<void>;
  /** What the tape that is shown says in words. */
  tape(): Promise<string | null>;
  at(): Promise<number>;
  complaints: string[];
}

async function open(
  options: Parameters<Browser['newContext']>[0] = {},
  url = `${book.url}/${CHAPTER}`,
): Promise<Opened> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(url);
  const figure = page.locator('figure.recording');
  const time = figure.getByRole('slider', { name: 'Time' });
  return {
    ...{ page, figure, time, complaints },
    press: (name) => figure.getByRole('button', { name, exact: true }).click(),
    tape: () => figure.locator('svg:visible > title').textContent(),
    at: async () => Number(await time.inputValue()),
  };
}

const FINAL = 'A log of 6 items, from base offset 0 to next offset 6';
const EMPTY = 'A log of 0 items, from base offset 0 to next offset 0';

describe.skipIf(!CHROMIUM)('a recorded run', () => {
  beforeAll(async () => {
    book = await openStaticBook({ types: false });
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await book?.close();
  });

  test('is played to its end, and can be stopped on the way', async () => {
    const { figure, press, tape, at, complaints } = await open();
    expect(await tape()).toBe(FINAL);
    await press('Play');
    await expect.poll(at).toBeGreaterThan(0);
    await press('Pause');
    const stopped = await at();
    expect(stopped).toBeLessThan(moments.at(-1) ?? 0);
    await press('Play');
    // The button is named for what it does: at the end there is only playing again.
    await figure.getByRole('button', { name: 'Play', exact: true }).waitFor();
    expect(await at()).toBe(moments.at(-1));
    expect(await tape()).toBe(FINAL);
    expect(complaints).toEqual([]);
  });

  test('is stepped through moment by moment, and tells politely what happened', async () => {
    const { figure, time, press, tape, at } = await open();
    await press('Step back');
    await expect.poll(at).toBe(moments.at(-2));
    await time.fill('0');
    await expect.poll(tape).toBe(EMPTY);
    await press('Step forward');
    await press('Step forward');
    await expect.poll(at).toBe(moments[1]);
    expect(await tape()).toBe('A log of 1 item, from base offset 0 to next offset 1');
    const said = figure.locator('[aria-live]');
    expect(await said.textContent()).toBe('Offset 0 is appended, status: received.');
    expect(await said.getAttribute('aria-live')).toBe('polite');
    expect(await time.getAttribute('aria-valuetext')).toMatch(/^0\.\d\d s of \d\.\d\d s$/);
  });

  test('says nothing while it plays: a reader who cannot see it would be talked over', async () => {
    const { figure, press, at } = await open();
    await figure.getByRole('combobox', { name: 'Speed' }).selectOption('¼×');
    await press('Play');
    await expect.poll(at).toBeGreaterThan(moments[0] ?? 0);
    expect(await figure.locator('.recording-said').getAttribute('aria-live')).toBe('off');
  });

  test.each([
    ['¼×', 0.25],
    ['4×', 4],
  ])('is played at %s as fast as that says', async (label, factor) => {
    const { page, figure, press } = await open();
    await figure.getByRole('combobox', { name: 'Speed' }).selectOption(label);
    await press('Play');
    // Both by the clock of the page's frames, so that a slow machine changes neither.
    const ratio = await page.evaluate<number>(`new Promise((resolve) => {
      const time = document.querySelector('.recording input');
      let first;
      requestAnimationFrame(function look(now) {
        const at = time.valueAsNumber;
        if (first === undefined && at < time.max / 2) first = { now, at };
        if (first && at - first.at > 100) resolve((at - first.at) / (now - first.now));
        else requestAnimationFrame(look);
      });
    })`);
    expect(ratio / factor).toBeGreaterThan(0.6);
    expect(ratio / factor).toBeLessThan(1.7);
  });

  test('obeys the arrows in its slider, and leaves them alone elsewhere', async () => {
    const { page, time, press, at } = await open();
    await time.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(at).toBe(moments.at(-2));
    await page.keyboard.press('ArrowRight');
    await expect.poll(at).toBe(moments.at(-1));
    await press('Step back');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await at()).toBe(moments.at(-2));
  });

  test('goes from moment to moment when nothing is to move', async () => {
    const { figure, press, page } = await open({ reducedMotion: 'reduce' });
    await figure.getByRole('combobox', { name: 'Speed' }).selectOption('4×');
    await press('Play');
    const times = await page.evaluate<number[]>(`new Promise((resolve) => {
      const time = document.querySelector('.recording input');
      const seen = new Set();
      requestAnimationFrame(function look() {
        seen.add(time.valueAsNumber);
        if (seen.size > 4) resolve([...seen]);
        else requestAnimationFrame(look);
      });
    })`);
    expect([0, ...moments]).toEqual(expect.arrayContaining(times));
  });

  test('shows its last state on paper, wherever a reader has stopped', async () => {
    const { page, figure, time, tape } = await open();
    await time.fill('0');
    await expect.poll(tape).toBe(EMPTY);
    await page.emulateMedia({ media: 'print' });
    expect(await tape()).toBe(FINAL);
    expect(await figure.getByRole('button').count()).toBe(0);
  });

  test('is right without a script: its last state, and all that happened in words', async () => {
    const { figure, tape } = await open({ javaScriptEnabled: false });
    expect(await tape()).toBe(FINAL);
    expect(await figure.locator('.recording-controls').isVisible()).toBe(false);
    expect(await figure.locator('details li').count()).toBe(moments.length);
  });

  test('is played from a disk as well', async () => {
    const { press, at } = await open({}, pathToFileURL(join(book.folder, CHAPTER)).href);
    await press('Step back');
    await expect.poll(at).toBe(moments.at(-2));
  });

  test.each(['light', 'dark'] as const)(
    'keeps nobody out, in the %s theme',
    async (colorScheme) => {
      const { page, press, at } = await open({ colorScheme });
      await press('Step back');
      await expect.poll(at).toBe(moments.at(-2));
      await page.evaluate(AXE);
      const { violations } = await page.evaluate<AxeResults>("axe.run('figure.recording')");
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    },
  );

  test('takes no more room when it is played than it was given', async () => {
    for (const viewport of [
      { width: 1280, height: 900 },
      { width: 390, height: 844 },
    ]) {
      const { figure, press, at } = await open({ viewport });
      const before = await figure.boundingBox();
      for (const moment of [...moments].reverse().slice(1)) {
        await press('Step back');
        await expect.poll(at).toBe(moment);
        expect((await figure.boundingBox())?.height).toBe(before?.height);
      }
      const overflow = await figure
        .locator('.recording-controls')
        .evaluate((element) => element.scrollHeight > element.clientHeight);
      expect(overflow).toBe(false);
    }
  });
});
