import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Locator,
  Page,
} from 'playwright-core';
import { type Lab, openLab, startWorker, type WorkerProcess } from 'streambook/lab';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { openLaunchers } from '../../src/web/launchers.ts';
import type { Launcher } from '../../src/web/runs.ts';
import { complaintsOf, openChromium } from './chromium.ts';
import { type BuiltBook, buildBook, panelPage, serveBook } from './live-book.ts';

/** A panel on a page of its own, and what the page complains about. */
export interface OpenPanel {
  page: Page;
  context: BrowserContext;
  complaints: string[];
}

/** What the panels of a file of tests stand on: a browser, the built book, Temporal and workers. */
export interface Stage {
  lab(): Lab;
  connection(): { client: Lab['client'] };
  /** The launcher with which `npm start` runs a scenario. */
  realLauncher(scenario: string): Launcher;
  openPanel(
    scenario: string,
    launcher: Launcher,
    options?: BrowserContextOptions,
  ): Promise<OpenPanel>;
}

/** Sets it up before all tests of a `describe`, and puts it away after them. @param scenarios - that need workers */
export function setStage([first, ...others]: [string, ...string[]]): Stage {
  let browser: Browser;
  let lab: Lab;
  let built: BuiltBook;
  const workers: WorkerProcess[] = [];

  beforeAll(async () => {
    [browser, lab, built] = await Promise.all([openChromium(), openLab(first), buildBook()]);
    for (const scenario of others) workers.push(await startWorker(scenario, lab.server));
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), ...workers.map((worker) => worker.stop())]);
    await lab?.close();
    built?.remove();
  });

  const connection = () => ({ client: lab.client });
  const report = (error: unknown) => expect.unreachable(String(error));
  return {
    lab: () => lab,
    connection,
    realLauncher(scenario) {
      const launcher = openLaunchers(connection, report).get(scenario);
      if (!launcher) throw new Error(`There is no launcher of ${scenario}.`);
      return launcher;
    },
    async openPanel(scenario, launcher, options = {}) {
      const book = await serveBook(built, new Map([[scenario, launcher]]));
      const context = await browser.newContext(options);
      onTestFinished(async () => {
        await context.close();
        await book.close();
      });
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      await page.goto(`${book.url}/${panelPage(scenario)}`);
      return { page, context, complaints };
    },
  };
}

/** What tests stand on whose runs are made up: a browser and the built book. */
export interface Pages {
  browser(): Browser;
  built(): BuiltBook;
}

/** Sets it up before all tests of a `describe`, and puts it away after them. */
export function setPages(): Pages {
  let browser: Browser;
  let built: BuiltBook;
  beforeAll(async () => {
    [browser, built] = await Promise.all([openChromium(), buildBook()]);
  });
  afterAll(async () => {
    await browser?.close();
    built?.remove();
  });
  return { browser: () => browser, built: () => built };
}

/** Turns knobs, by their labels, and presses Run. */
export async function run(page: Page, knobs: Record<string, string | number> = {}): Promise<void> {
  for (const [label, value] of Object.entries(knobs)) {
    if (typeof value === 'number') await page.getByLabel(label).fill(`${value}`);
    else await page.getByRole('combobox', { name: label }).selectOption(value);
  }
  await page.getByRole('button', { name: 'Run' }).click();
}

/** Waits until a run has come to that. */
export async function ended(page: Page, status: string): Promise<void> {
  await page.locator(`.run-state[data-status="${status}"]`).waitFor();
}

/** The offsets of the events, from top to bottom. */
export async function offsetsOn(page: Page): Promise<number[]> {
  return (await page.locator('.run-offset').allTextContents()).map(Number);
}

/** The lines of the events, with single blanks. */
export async function readLines(list: Page | Locator): Promise<string[]> {
  const lines = await list.locator('.run-events li').allTextContents();
  return lines.map((line) => line.replaceAll(/\s+/g, ' ').trim());
}

/** The lane of one of several readers. */
export function laneOf(page: Page, reader: string): Locator {
  return page.locator('.run-lane').filter({ hasText: `${reader} reader` });
}

const JUMP = /^↪ (?:began at|jumped offset=(\d+) →) (?:offset=)?(\d+) \((\d+) dropped\)$/;

/**
 * Expects that a ticker's lane accounts for each of thirty offsets once, as seen or as dropped.
 *
 * @returns how many jumps it has
 */
export async function expectWhole(lane: Locator): Promise<number> {
  const lines = await readLines(lane);
  let next = 0;
  let jumps = 0;
  for (const line of lines) {
    const [jump, last, to, dropped] = JUMP.exec(line) ?? [];
    if (jump === undefined) {
      expect(line).toMatch(new RegExp(`^${next} tick ${next + 1}/30 · \\d+ parts$`));
      next += 1;
      continue;
    }
    expect(Number(last ?? -1)).toBe(next - 1);
    expect(Number(dropped)).toBe(Number(to) - next);
    next = Number(to);
    jumps += 1;
  }
  expect(next).toBe(30);
  expect(lines.at(-1)).toMatch(/^29 tick 30\/30/);
  return jumps;
}
