/** Every page of the book, in both themes: what axe finds, and whether it fits a phone. */
import { readdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings } from './axe.ts';
import { CHROMIUM, complaintsOf, openChromium } from './chromium.ts';
import { BUILD_TIMEOUT, openStaticBook, type StaticBook } from './static-book.ts';

const WHOLE_FILE = 'file-stream-log-ts.html';
const PHONE = { width: 390, height: 844 };

let book: StaticBook;
let browser: Browser;

describe.skipIf(!CHROMIUM)('every page of the book', () => {
  beforeAll(async () => {
    book = await openStaticBook();
    browser = await openChromium();
  }, BUILD_TIMEOUT);
  afterAll(async () => {
    await browser?.close();
    await book?.close();
  });

  test.each(['light', 'dark'] as const)(
    'can be read by everybody in the %s theme, fits a phone, and complains of nothing',
    async (colorScheme) => {
      const pages = readdirSync(book.folder).filter((name) => name.endsWith('.html'));
      // Pages of whole files are all alike: one speaks for the others.
      const names = pages.filter((name) => !name.startsWith('file-') || name === WHOLE_FILE);
      expect(names).toContain(WHOLE_FILE);
      expect(names.length).toBeGreaterThan(10);
      const context = await browser.newContext({ viewport: PHONE, colorScheme });
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      for (const name of names) {
        await page.setViewportSize(PHONE);
        await page.goto(`${book.url}/${name}`);
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect(width, `${name} is wider than a phone`).toBeLessThanOrEqual(PHONE.width);
        await page.setViewportSize({ width: 1400, height: 900 });
        expect(await findings(page), name).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await context.close();
    },
    120_000,
  );
});
