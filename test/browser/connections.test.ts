/** What pages do with the six connections that a browser allows to one address, over all tabs. */
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Launcher } from '../../src/web/runs.ts';
import { CHROMIUM, complaintsOf } from './chromium.ts';
import { type LiveBook, panelPage, serveBook } from './live-book.ts';
import { offsetsOn, setPages } from './stage.ts';
import { writtenByTest } from './written-log.ts';

describe.skipIf(!CHROMIUM)('of the six connections that a browser allows,', () => {
  const { browser, built } = setPages();

  async function openBook(
    launcher: Launcher,
  ): Promise<{ book: LiveBook; context: BrowserContext }> {
    const book = await serveBook(built(), new Map([['ticker', launcher]]));
    const context = await browser().newContext();
    onTestFinished(async () => {
      await context.close();
      await book.close();
    });
    return { book, context };
  }

  async function openTab({ book, context }: { book: LiveBook; context: BrowserContext }) {
    const page = await context.newPage();
    await page.goto(`${book.url}/${panelPage('ticker')}`);
    await page.getByRole('button', { name: 'Run' }).click();
    return page;
  }

  /** What a browser does with a tab that is put behind another, or looked at again. */
  const setVisibility = (page: Page, state: 'visible' | 'hidden') =>
    page.evaluate(`{
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: '${state}' });
      document.dispatchEvent(new Event('visibilitychange'));
    }`);

  const stateOf = (page: Page) => page.locator('.run-state').textContent();

  test('a page that nobody can see holds none and asks for nothing; looked at again, it has each event once', async () => {
    const source = writtenByTest(['reader']);
    const opened = await openBook(source.launcher);
    const page = await openTab(opened);
    const complaints = complaintsOf(page);
    source.write(5);
    await page.locator('.run-offset').nth(4).waitFor();
    expect(source.open.now).toBe(1);

    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await setVisibility(page, 'hidden');
    await expect.poll(() => source.open.now).toBe(0);
    expect(await stateOf(page)).toBe('not read while out of sight. Next here: offset 5');
    source.write(5);
    // Whoever is in sight gets both, so both have been told by then.
    const other = await openTab(opened);
    opened.book.live.updateWorker('ticker', 'restarting');
    await other.locator('.run-offset').nth(9).waitFor();
    await other.locator('.run-book').getByText('worker restarting…').waitFor();
    expect(asked).toEqual([]);
    expect(await offsetsOn(page)).toEqual([0, 1, 2, 3, 4]);

    await setVisibility(page, 'visible');
    await page.locator('.run-book').getByText('worker restarting…').waitFor();
    await page.locator('.run-offset').nth(9).waitFor();
    expect(await stateOf(page)).toBe('running');
    source.write(2);
    source.end();
    await page.locator('.run-state[data-status="completed"]').waitFor();
    expect(await offsetsOn(page)).toEqual([...Array(12).keys()]);
    expect(complaints).toEqual([]);
  });

  test('a page that was left by its button stays left when it is looked at again', async () => {
    const source = writtenByTest(['reader']);
    const page = await openTab(await openBook(source.launcher));
    source.write(3);
    await page.locator('.run-offset').nth(2).waitFor();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await expect.poll(() => source.open.now).toBe(0);
    await setVisibility(page, 'hidden');
    await setVisibility(page, 'visible');
    expect(await stateOf(page)).toMatch(/^disconnected; the workflow goes on/);
    await page.getByRole('button', { name: 'Reconnect' }).click();
    source.write(1);
    source.end();
    await page.locator('.run-state[data-status="completed"]').waitFor();
    expect(await offsetsOn(page)).toEqual([0, 1, 2, 3]);
  });

  test('one is left for pages and buttons: of seven tabs in sight, those without are told why, and go on in their turn', async () => {
    const source = writtenByTest(['fast', 'slow']);
    const opened = await openBook(source.launcher);
    const first = await openTab(opened);
    source.write(4);
    await first.locator('.run-offset').nth(7).waitFor();
    const others: Page[] = [];
    for (let tab = 2; tab <= 7; tab++) others.push(await openTab(opened));
    for (const page of others) {
      await page
        .getByText(/^waiting for a connection: a browser allows six to one address/)
        .waitFor();
    }
    expect(source.open.most).toBeLessThanOrEqual(5);
    expect(await stateOf(first)).toBe('running');
    // It cannot be told of changes, so it asks for them.
    const last = others.pop() as Page;
    opened.book.live.updateWorker('ticker', 'restarting');
    await last.locator('.run-book').getByText('worker restarting…').waitFor();

    for (const page of [first, ...others]) await page.close();
    await last.locator('.run-state').getByText('running', { exact: true }).waitFor();
    source.write(4);
    source.end();
    await last.locator('.run-state[data-status="completed"]').waitFor();
    const all = [...Array(8).keys()];
    expect(await offsetsOn(last)).toEqual([...all, ...all]);
    expect(source.open.most).toBeLessThanOrEqual(5);
  });
});
