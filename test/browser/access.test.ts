/** Every page of the book, in both themes: what axe finds, and whether it fits a phone. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, complaintsOf, openChromium } from './chromium.ts';
import { BUILD_TIMEOUT, openStaticBook, type StaticBook } from './static-book.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WHOLE_FILE = 'file-stream-log-ts.html';
const PHONE = { width: 390, height: 844 };

let book: StaticBook;
let browser: Browser;

/** What axe has against a page, as `rule: element`; only what keeps somebody from reading. */
async function findings(page: Page): Promise<string[]> {
  // Evaluated and not added as a script, which the pages' policy would refuse.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

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
