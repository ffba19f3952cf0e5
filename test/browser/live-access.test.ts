/** Panels in every state that they come into: what axe finds, whether they fit, and what a screen reader is told. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Launcher } from '../../src/web/runs.ts';
import { findings } from './axe.ts';
import { CHROMIUM } from './chromium.ts';
import { panelPage, serveBook } from './live-book.ts';
import { setPages } from './stage.ts';
import { writtenByTest } from './written-log.ts';

/** Where pictures of the states go, for whoever wants to look at them. */
const PICTURES = process.env.STREAMBOOK_PICTURES;
const VIEWS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1280, 390].map((width) => ({ colorScheme, width })),
);

describe.skipIf(!CHROMIUM)('a panel', () => {
  const { browser, built } = setPages();

  async function openPanel(launcher: Launcher, { colorScheme, width } = VIEWS[0] as View) {
    const book = await serveBook(built(), new Map([['hub', launcher]]), () => 4711);
    const context = await browser().newContext({ colorScheme, viewport: { width, height: 844 } });
    onTestFinished(async () => {
      await context.close();
      await book.close();
    });
    const page = await context.newPage();
    await page.goto(`${book.url}/${panelPage('hub')}`);
    await bookSays(page, 'live');
    return { book, page };
  }
  type View = (typeof VIEWS)[number];

  const run = (page: Page) => page.getByRole('button', { name: 'Run' }).click();
  const state = (page: Page, status: string) =>
    page.locator(`.run-state[data-status="${status}"]`).waitFor();
  const bookSays = (page: Page, text: string) =>
    page.locator('.run-book').getByText(text, { exact: true }).waitFor();

  test.each(VIEWS)(
    'can be used by everybody in each of its states: $colorScheme, $width px wide',
    async (view) => {
      const source = writtenByTest(['fast', 'slow']);
      let refuses = true;
      const launcher: Launcher = {
        ...source.launcher,
        launch(id, knobs) {
          if (refuses) return Promise.reject(new Error('the reason stays in the terminal'));
          return source.launcher.launch(id, knobs);
        },
      };
      const { book, page } = await openPanel(launcher, view);

      async function look(name: string): Promise<void> {
        if (PICTURES) {
          mkdirSync(PICTURES, { recursive: true });
          const path = join(PICTURES, `${view.colorScheme}-${view.width}-${name}.png`);
          await page.screenshot({ path });
        }
        // What has just arrived is pale for a moment.
        await page.evaluate('Promise.all(document.getAnimations().map((each) => each.finished))');
        expect(await findings(page, '.run-panel'), name).toEqual([]);
        const width = await page.evaluate('document.documentElement.scrollWidth');
        expect(width, name).toBeLessThanOrEqual(view.width);
      }

      await look('before');
      await run(page);
      await page.getByText('The live book could not do this.').waitFor();
      await look('refused');
      refuses = false;
      await run(page);
      source.write(12);
      await page.locator('.run-offset').nth(23).waitFor();
      await look('running');
      await page.getByRole('button', { name: 'Disconnect' }).click();
      await look('disconnected');
      await page.getByRole('button', { name: 'Reconnect' }).click();
      await state(page, 'running');
      book.live.updateWorker('hub', 'restarting');
      await bookSays(page, 'worker restarting…');
      await look('worker-restarting');
      book.live.update({ server: { state: 'silent' } });
      await bookSays(page, 'server does not answer…');
      await look('server-silent');
      book.live.update({ server: { state: 'ready' } });
      book.live.updateWorker('hub', 'ready');
      await bookSays(page, 'live');
      source.end({ status: 'failed', message: 'The card was declined.' });
      await state(page, 'failed');
      await look('failed');
      source.end();
      await run(page);
      source.end();
      await state(page, 'completed');
      await look('completed');
      await book.close();
      await bookSays(page, 'the live book has stopped');
      await look('book-stopped');
    },
  );

  test('can be used by everybody while it is being connected again', async () => {
    const source = writtenByTest(['fast', 'slow']);
    const { book, page } = await openPanel(source.launcher);
    await run(page);
    source.write(3);
    await page.locator('.run-offset').nth(5).waitFor();
    await book.close();
    await state(page, 'reconnecting');
    expect(await findings(page, '.run-panel')).toEqual([]);
  });

  test('tells a screen reader how its run is doing, and not every event', async () => {
    const source = writtenByTest(['reader']);
    const { page } = await openPanel(source.launcher);
    await page.evaluate(`
      window.told = [];
      const isLive = (node) => {
        for (let each = node; each; each = each.parentElement) {
          const live = each.getAttribute?.('aria-live');
          if (live) return live !== 'off';
          if (['status', 'log', 'alert'].includes(each.getAttribute?.('role'))) return true;
        }
        return false;
      };
      new MutationObserver((changes) => {
        for (const { target } of changes) if (isLive(target)) told.push(target.textContent);
      }).observe(document.body, { childList: true, characterData: true, subtree: true });
    `);
    await run(page);
    for (let count = 1; count <= 20; count++) {
      source.write(1);
      await page
        .locator('.run-offset')
        .nth(count - 1)
        .waitFor();
    }
    source.end();
    await state(page, 'completed');
    const told = await page.evaluate<string[]>('told');
    expect(told).toEqual(['starting…', 'running', 'completed · all of it']);
  });
});
