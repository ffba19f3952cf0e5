/** Panels behind what stands between a browser and the book: proxies, slow lines, and lines that break. */
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { openLab } from 'streambook/lab';
import { describe, expect, onTestFinished, test } from 'vitest';
import { llmLauncher } from '../../src/web/launch-llm.ts';
import type { Launcher } from '../../src/web/runs.ts';
import { CHROMIUM, complaintsOf } from './chromium.ts';
import { panelPage, serveBook } from './live-book.ts';
import { type Between, openBreakingLine, openBufferingProxy } from './proxies.ts';
import { offsetsOn, setPages } from './stage.ts';
import { writtenByTest } from './written-log.ts';

const PATIENCE = 120_000;
/** A third-generation phone on a bad day: Chromium's own "Slow 3G", in bytes a second and milliseconds. */
const SLOW_3G = {
  offline: false,
  downloadThroughput: 50_000,
  uploadThroughput: 50_000,
  latency: 2_000,
};

describe.skipIf(!CHROMIUM)('a panel', () => {
  const { browser, built } = setPages();

  async function openPanel(scenario: string, launcher: Launcher, between?: Between): Promise<Page> {
    const launchers = new Map([[scenario, launcher]]);
    const book = await serveBook(built(), launchers, undefined, between?.port);
    between?.leadsTo(book.url);
    const context = await browser().newContext();
    onTestFinished(async () => {
      await context.close();
      between?.close();
      await book.close();
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const url = between ? `http://127.0.0.1:${between.port}` : book.url;
    await page.goto(`${url}/${panelPage(scenario)}`);
    return page;
  }

  test('gets each event as it comes behind a proxy that buffers and compresses what it may', async () => {
    const proxy = await openBufferingProxy();
    const source = writtenByTest(['reader']);
    const page = await openPanel('hub', source.launcher, proxy);
    const complaints = complaintsOf(page);
    await page.getByRole('button', { name: 'Run' }).click();
    for (let seen = 1; seen <= 3; seen++) {
      source.write(1);
      await page
        .locator('.run-offset')
        .nth(seen - 1)
        .waitFor();
    }
    source.end();
    await page.locator('.run-state[data-status="completed"]').waitFor();
    expect(await offsetsOn(page)).toEqual([0, 1, 2]);
    // It does so to everything else.
    expect(proxy.held).toContain(`/${panelPage('hub')}`);
    expect(proxy.compressed).toContain(`/${panelPage('hub')}`);
    const streams = [...proxy.held, ...proxy.compressed].filter((path) =>
      /^\/api\/(live|runs\/\w+\/events)/.test(path),
    );
    expect(streams).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test(
    'has each event once over a line that breaks anywhere, any number of times',
    async () => {
      const wholeNumber = fc.integer({ min: 1, max: 9_000 });
      const cutLists = fc.array(wholeNumber, { minLength: 1, maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(cutLists, fc.integer({ min: 1, max: 150 }), async (cutAfter, count) => {
          const line = await openBreakingLine();
          const source = writtenByTest(['fast', 'slow']);
          const page = await openPanel('ticker', source.launcher, line);
          await page.getByRole('button', { name: 'Run' }).click();
          await page.locator('.run-state').getByText('running', { exact: true }).waitFor();
          line.cutAfter(cutAfter);
          source.write(count);
          source.write(150 - count);
          source.end();
          await page.locator('.run-state[data-status="completed"]').waitFor();
          const all = [...Array(150).keys()];
          expect(await offsetsOn(page)).toEqual([...all, ...all]);
          expect(line.cuts()).toBeGreaterThan(0);
          await page.close();
          line.close();
        }),
        { numRuns: 6 },
      );
    },
    2 * PATIENCE,
  );

  test(
    'shows all of an answer over a slow line',
    async () => {
      const lab = await openLab('llm');
      onTestFinished(() => lab.close());
      const model = 'scripted:short';
      const env = { OPENAI_API_KEY: 'none', OPENAI_MODEL: model };
      const page = await openPanel(
        'llm',
        llmLauncher(() => ({ client: lab.client }), env),
      );
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Network.enable');
      await devtools.send('Network.emulateNetworkConditions', SLOW_3G);
      await page.reload();
      await page.getByRole('combobox', { name: 'model' }).selectOption(model);
      await page.getByRole('button', { name: 'Run' }).click();
      await page.locator('.run-state[data-status="completed"]').waitFor();
      const workflowId = `${await page.locator('.run-place code').textContent()}`;
      const result = await lab.client.workflow.getHandle(workflowId).result();
      expect(await page.locator('.run-answer').textContent()).toBe(result);
    },
    2 * PATIENCE,
  );
});
