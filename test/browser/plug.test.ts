/** Plugs that are pulled while somebody looks: the book, Temporal, a worker. The page comes through by itself. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { receiveEvents } from '../web/event-source.ts';
import { CHROMIUM, openChromium } from './chromium.ts';
import { type RealBook, realBook } from './real-book.ts';

/** Of a book that begins anew on a busy machine: a server, the pages, and workers that bundle their workflows. */
const PATIENCE = 90_000;

describe.skipIf(!CHROMIUM)('a page of a run, when a plug is pulled,', () => {
  let browser: Browser;
  let book: RealBook;

  beforeAll(async () => {
    [browser, book] = await Promise.all([openChromium(), realBook()]);
    await book.start(/^Every panel is live/);
  }, PATIENCE);
  afterAll(async () => {
    await browser?.close();
    await book?.kill();
  });

  /** A browser of its own on the chapter. */
  async function openChapter(query = ''): Promise<Page> {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.goto(`${book.url}/02-pipeline.html${query}`);
    await page.locator('.run-book').getByText('live', { exact: true }).waitFor();
    return page;
  }

  /** Begins a run, and waits until it is in the middle. */
  async function inTheMiddle(page: Page): Promise<string> {
    await page.getByRole('spinbutton', { name: 'each stage takes' }).fill('1.7');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('.run-offset').nth(6).waitFor();
    const shared = page.getByRole('link', { name: 'this run in another tab' });
    return new URLSearchParams((await shared.getAttribute('href')) ?? '').get('run') ?? '';
  }

  /** All that the run's log holds, as anybody reads it who comes late. */
  async function logOf(id: string): Promise<string[]> {
    const log: string[] = [];
    for await (const { id: offset } of receiveEvents(
      await fetch(`${book.url}/api/runs/${id}/events`),
    )) {
      if (offset !== undefined) log.push(offset);
    }
    return log;
  }

  /** The run has ended well, and each of its offsets is in the page once. */
  async function expectWhole(page: Page, id: string): Promise<void> {
    await page.locator('.run-state[data-status="completed"]').waitFor();
    expect(await page.locator('.run-state').textContent()).toBe('completed · 6 stages');
    const log = await logOf(id);
    expect(log.length).toBeGreaterThanOrEqual(30);
    expect(log).toEqual([...log.keys()].map(String));
    expect(await page.locator('.run-offset').allTextContents()).toEqual(log);
    // A page that was loaded anew says from where it went on.
    expect(await page.locator('.run-cursors').textContent()).toMatch(
      new RegExp(`^cursor: ${log.length}( · resumed at offset \\d+)?$`),
    );
  }

  test(
    'sees the book and all that it has started die, comes back with it, and has each event once',
    async () => {
      const page = await openChapter();
      const id = await inTheMiddle(page);
      const other = await openChapter(`?run=${id}`);
      await other.locator('.run-offset').nth(6).waitFor();
      await book.kill();
      for (const each of [page, other]) {
        await each.locator('.run-book').getByText('the live book has stopped').waitFor();
        await each.locator('.run-state[data-status="reconnecting"]').waitFor();
        expect(await each.getByRole('button', { name: 'Run' }).isDisabled()).toBe(true);
      }
      await book.start(/^Ready/);
      await expectWhole(page, id);
      await expectWhole(other, id);
      expect(await page.getByRole('button', { name: 'Run' }).isEnabled()).toBe(true);
    },
    2 * PATIENCE,
  );

  test(
    'says that Temporal is away, starts no run meanwhile, and has each event once when it is back',
    async () => {
      const page = await openChapter();
      const id = await inTheMiddle(page);
      const seen = await page.locator('.run-offset').count();
      const bringBack = book.killTemporal();
      onTestFinished(bringBack);
      await page.locator('.run-book').getByText('server does not answer…').waitFor();
      expect(await page.getByRole('button', { name: 'Run' }).isDisabled()).toBe(true);
      // What was said while it was away is not lost with it.
      expect(await page.locator('.run-offset').count()).toBeGreaterThanOrEqual(seen);
      expect(await page.locator('.run-state').getAttribute('data-status')).toBe('running');
      bringBack();
      await page.locator('.run-book').getByText('live', { exact: true }).waitFor();
      await expectWhole(page, id);
      expect(book.lines).toContain(
        'The Temporal server died and was started again on the same data.',
      );
    },
    2 * PATIENCE,
  );

  test(
    'shows a worker die and another one go on, and has each event once',
    async () => {
      const page = await openChapter();
      const id = await inTheMiddle(page);
      await page.getByRole('button', { name: 'Kill the worker' }).click();
      await page
        .locator('.run-book')
        .getByText(/^worker (killed \(process \d+\)|restarting…)$/)
        .waitFor();
      await page.locator('.run-book').getByText('live', { exact: true }).waitFor();
      await expectWhole(page, id);
      expect(book.lines).toContainEqual(
        expect.stringMatching(/^worker pipeline \(process \d+\) ended by SIGKILL/),
      );
    },
    2 * PATIENCE,
  );
});
