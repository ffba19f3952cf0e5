/** Readers that leave and come back by a button, and workers that are killed by one. */
import type { Browser, Page } from 'playwright-core';
import { connect, openServer, startWorker, type TemporalServer } from 'streambook/lab';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openLaunchers } from '../../src/web/launchers.ts';
import type { Launcher } from '../../src/web/runs.ts';
import { superviseWorkers, type Workers } from '../../src/web/workers.ts';
import { CHROMIUM, complaintsOf, openChromium } from './chromium.ts';
import { type BuiltBook, buildBook, type LiveBook, panelPage, serveBook } from './live-book.ts';
import { offsetsOn } from './stage.ts';

const SCENARIOS = ['pipeline', 'llm'];
/** Of workers that bundle their workflows, and of an answer of which half is said twice; in milliseconds. */
const PATIENCE = 60_000;

describe.skipIf(!CHROMIUM)('a panel', () => {
  let browser: Browser;
  let server: TemporalServer;
  let built: BuiltBook;
  let book: LiveBook;
  let workers: Workers;
  let disconnect: () => Promise<void>;

  beforeAll(async () => {
    // A server of its own: another worker of a scenario would go on with the work of one that is killed.
    const limits = { 'history.maxTotalUpdates': 2_000 };
    [browser, server, built] = await Promise.all([
      openChromium(),
      openServer({ limits }),
      buildBook(),
    ]);
    const client = await connect(server);
    disconnect = () => client.connection.close();
    const report = (error: unknown) => expect.unreachable(String(error));
    const all = openLaunchers(() => ({ client }), report);
    const own = SCENARIOS.flatMap((name): [string, Launcher][] => {
      const launcher = all.get(name);
      return launcher === undefined ? [] : [[name, launcher]];
    });
    book = await serveBook(built, new Map(own), (scenario) => workers.kill(scenario));
    for (const scenario of SCENARIOS) book.live.updateWorker(scenario, 'starting');
    workers = superviseWorkers({
      scenarios: SCENARIOS,
      start: (scenario) => startWorker(scenario, server),
      onState: (scenario, state) => book.live.updateWorker(scenario, state),
      onLine: () => {},
      wait: async () => {},
    });
  }, PATIENCE);
  afterAll(async () => {
    await browser?.close();
    await book?.close();
    await workers?.stop();
    await disconnect?.();
    await server?.stop();
    built?.remove();
  });

  async function openPanel(scenario: string): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const complaints = complaintsOf(page);
    await page.goto(`${book.url}/${panelPage(scenario)}`);
    await page.getByText('live', { exact: true }).waitFor();
    return { page, complaints };
  }

  test(
    'is left and comes back where its reader was, with nothing lost and nothing twice',
    async () => {
      const { page, complaints } = await openPanel('pipeline');
      await page.getByLabel('each stage takes').fill('0.4');
      await page.getByRole('button', { name: 'Run' }).click();
      await page.getByText('parse started').waitFor();
      await page.getByRole('button', { name: 'Disconnect' }).click();
      const seen = await offsetsOn(page);
      const cursor = await page.locator('.run-cursors').textContent();
      expect(cursor).toBe(`cursor: ${seen.length}`);
      expect(await page.locator('.run-state').textContent()).toBe(
        `disconnected; the workflow goes on. Next here: offset ${seen.length}`,
      );
      // The run goes on: another page sees events that this one has not.
      const other = await openPanel('pipeline');
      const [id] = await page.evaluate<string[]>('[sessionStorage["streambook:run:pipeline"]]');
      await other.page.evaluate(
        `sessionStorage["streambook:run:pipeline"] = ${JSON.stringify(id)}`,
      );
      await other.page.reload();
      await other.page.locator('.run-state[data-status="completed"]').waitFor();
      expect(await offsetsOn(page)).toEqual(seen);

      await page.getByRole('button', { name: 'Reconnect' }).click();
      await page.locator('.run-state[data-status="completed"]').waitFor();
      const all = [...Array(30).keys()];
      expect(await offsetsOn(page)).toEqual(all);
      expect(await offsetsOn(other.page)).toEqual(all);
      expect(await page.locator('.run-cursors').textContent()).toBe('cursor: 30');
      expect(complaints).toEqual([]);
    },
    2 * PATIENCE,
  );

  test(
    'shows how an answer survives a worker that is killed in the middle',
    async () => {
      const { page, complaints } = await openPanel('llm');
      await page.getByRole('button', { name: 'Run' }).click();
      await expect
        .poll(async () => (await page.locator('.run-answer').textContent())?.length ?? 0, {
          timeout: PATIENCE,
        })
        .toBeGreaterThan(100);
      // What comes while no worker answers is drawn at once when one does, and sixty cells later none that is pale is left.
      await page.evaluate(`new MutationObserver(() => (globalThis.hasPaled = true)).observe(
        document.body, { subtree: true, attributeFilter: ['data-pale'] })`);
      await page.getByRole('button', { name: 'Kill the worker' }).click();
      await page.getByText(/^worker (killed \(process \d+\)|restarting…)$/).waitFor();
      await page.getByText(/attempt 2/).waitFor();
      await expect.poll(() => page.evaluate('globalThis.hasPaled')).toBe(true);
      await page.getByText('live', { exact: true }).waitFor();
      await page.locator('.run-state[data-status="completed"]').waitFor();
      expect(complaints).toEqual([]);
    },
    3 * PATIENCE,
  );
});
