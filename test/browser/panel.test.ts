import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { WorkflowStreamItem } from 'streambook/client';
import { type Lab, openLab } from 'streambook/lab';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { orderLauncher } from '../../src/web/launch-order.ts';
import type { Launcher } from '../../src/web/runs.ts';
import { fakeLauncher } from '../web/book-under-test.ts';
import { CHROMIUM, complaintsOf, openChromium } from './chromium.ts';
import { type BuiltBook, buildBook, serveBook } from './live-book.ts';
import { readLines } from './stage.ts';

const CHAPTER = '01-order.html';
const ORDER_LINES = [
  /^0 status received$/,
  /^1 progress charging card…$/,
  /^2 progress card charged$/,
  /^3 progress charge id: charge-[0-9a-f]{12}$/,
  /^4 status shipped$/,
  /^5 status complete$/,
];

describe.skipIf(!CHROMIUM)('the panel of chapter 1', () => {
  let browser: Browser;
  let lab: Lab;
  let built: BuiltBook;

  beforeAll(async () => {
    [browser, lab, built] = await Promise.all([openChromium(), openLab('order'), buildBook()]);
  });
  afterAll(async () => {
    await browser?.close();
    await lab?.close();
    built?.remove();
  });

  const realOrders = () =>
    orderLauncher(() => ({ client: lab.client, uiUrl: 'http://127.0.0.1:8233' }));

  async function openChapter(launcher: Launcher, options: BrowserContextOptions = {}) {
    const book = await serveBook(built, new Map([['order', launcher]]));
    const context = await browser.newContext(options);
    onTestFinished(async () => {
      await context.close();
      await book.close();
    });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(`${book.url}/${CHAPTER}`);
    return { book, page, complaints };
  }

  test('runs a real order: six events in order, then the result, and nothing to complain about', async () => {
    const { page, complaints } = await openChapter(realOrders());
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('.run-state[data-status="completed"]').waitFor();

    expect(await readLines(page)).toEqual(ORDER_LINES.map((line) => expect.stringMatching(line)));
    expect(await page.locator('.run-state').textContent()).toMatch(
      /^completed · charge-[0-9a-f]+$/,
    );
    expect(await page.locator('.run-cell').allTextContents()).toEqual([...'012345']);
    expect(await page.locator('.run-next').textContent()).toBe('next 6');
    const workflowId = await page.locator('.run-place code').textContent();
    expect(await page.locator('.run-place a[href^="http"]').getAttribute('href')).toBe(
      `http://127.0.0.1:8233/namespaces/default/workflows/${workflowId}`,
    );
    expect(complaints).toEqual([]);
  });

  test('shows a declined card as the failure of its run', async () => {
    const { page, complaints } = await openChapter(realOrders());
    await page.getByRole('combobox', { name: 'card' }).selectOption('declined');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('.run-state[data-status="failed"]').waitFor();

    expect((await readLines(page)).at(-1)).toBe('2 progress card declined');
    expect(await page.locator('.run-state').textContent()).toBe('failed · The card was declined.');
    expect(complaints).toEqual([]);
  });

  test('finds its run again after a refresh, and shows it from the beginning', async () => {
    const { page, complaints } = await openChapter(realOrders());
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('.run-event').first().waitFor();
    await page.reload();
    await page.locator('.run-state[data-status="completed"]').waitFor();

    expect(await readLines(page)).toEqual(ORDER_LINES.map((line) => expect.stringMatching(line)));
    expect(complaints).toEqual([]);
  });

  test('shows markup in an event as the text it is', async () => {
    const markup = '<img src=x onerror="document.title=1"><b>bold</b>';
    const event: WorkflowStreamItem<unknown> = {
      offset: 0,
      topic: 'status',
      data: { message: markup },
    };
    const launcher = fakeLauncher({ reader: [event] });
    const { page, complaints } = await openChapter(launcher);
    const title = await page.title();
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('.run-event').waitFor();
    launcher.launched[0]?.end({ status: 'failed', message: markup });
    await page.locator('.run-state[data-status="failed"]').waitFor();

    expect(await page.locator('.run-text').textContent()).toBe(markup);
    expect(await page.locator('.run-state').textContent()).toBe(`failed · ${markup}`);
    expect(await page.locator('.run-panel img, .run-panel b').count()).toBe(0);
    expect(await page.title()).toBe(title);
    expect(complaints).toEqual([]);
  });

  test('says why a run was refused', async () => {
    const { page } = await openChapter({
      ...fakeLauncher(),
      launch: () => Promise.reject(new Error('the reason stays in the terminal')),
    });
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('The live book could not do this. Its terminal says why.').waitFor();
    expect(await page.getByRole('button', { name: 'Run' }).isEnabled()).toBe(true);
  });

  test('leaves a run that was left as it is when an action is refused', async () => {
    const launcher = fakeLauncher();
    const { page } = await openChapter({
      ...launcher,
      launch: async (id, knobs) => ({
        ...(await launcher.launch(id, knobs)),
        async *read(_reader, _from, signal) {
          yield { offset: 0, topic: 'status', data: 'received' };
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        },
        act: () => Promise.reject(new Error('the reason stays in the terminal')),
      }),
    });
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('.run-event').waitFor();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('The live book could not do this. Its terminal says why.').waitFor();
    expect(await page.locator('.run-state').getAttribute('data-status')).toBe('disconnected');
    await page.getByRole('button', { name: 'Reconnect' }).waitFor();
  });

  test('waits for its own worker, and says so', async () => {
    const { book, page } = await openChapter(fakeLauncher());
    const run = page.getByRole('button', { name: 'Run' });
    book.live.updateWorker('order', 'restarting');
    await page.getByText('worker restarting…').waitFor();
    expect(await run.isDisabled()).toBe(true);
    book.live.updateWorker('hub', 'restarting');
    book.live.updateWorker('order', 'ready');
    await page.getByText('live', { exact: true }).waitFor();
    expect(await run.isEnabled()).toBe(true);
  });

  test('goes with the page when the pages are built anew', async () => {
    const { book, page, complaints } = await openChapter(fakeLauncher());
    await page.getByText('live', { exact: true }).waitFor();
    const reloaded = page.waitForEvent('load');
    book.live.update({ build: 'the next one' });
    await reloaded;
    await page.getByText('live', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('fits a phone', async () => {
    const viewport = { width: 390, height: 800 };
    const { page } = await openChapter(realOrders(), { viewport });
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('.run-state[data-status="completed"]').waitFor();
    const panel = await page.locator('.run-panel').boundingBox();
    expect(panel?.x).toBeGreaterThanOrEqual(0);
    expect((panel?.x ?? 0) + (panel?.width ?? Number.NaN)).toBeLessThanOrEqual(viewport.width);
  });

  test('leaves its place to a readable line when scripts are off', async () => {
    const { page } = await openChapter(fakeLauncher(), { javaScriptEnabled: false });
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
    expect(await page.locator('.run-panel').textContent()).toContain('npm start');
    expect(await page.getByRole('button').count()).toBe(0);
  });
});
