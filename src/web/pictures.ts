/** `npm run pictures`: the pictures of the panels that the README shows, taken of a live book that runs. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Locator, type Page } from 'playwright-core';
import { LabError, runCommand } from 'streambook/lab';
import { inClone } from '../lab/clone.js';
import { chromiumFlags, ensureChromium } from '../lab/tools/chromium.js';

const USAGE = `Usage: npm run pictures [-- --book URL] [--to FOLDER]

Takes a picture of the panel of each scenario while it is used. Start the book with npm start first.

  --book URL    where it is (http://127.0.0.1:4400)
  --to FOLDER   where the pictures go (chapters/figures)`;

/** A run takes half a minute at most, an answer whose worker is killed a little more; in milliseconds. */
const PATIENCE_MS = 120_000;

/** A panel, and what is done with it until it is worth a picture. */
interface Scene {
  page: string;
  scenario: string;
  /** Numbers to set before, by the names of their knobs. */
  knobs?: Record<string, string>;
  use(panel: Locator): Promise<void>;
}

const press = (panel: Locator, name: string) => panel.getByRole('button', { name }).click();
const seen = (panel: Locator, text: string) => panel.getByText(text).first().waitFor();

const SCENES: Scene[] = [
  {
    page: '02-pipeline.html',
    scenario: 'pipeline',
    async use(panel) {
      await seen(panel, 'parse started');
      await press(panel, 'Disconnect');
    },
  },
  {
    page: '03-hub.html',
    scenario: 'hub',
    // So that there is time to type.
    knobs: { pause: '1' },
    async use(panel) {
      await seen(panel, 'north 3');
      const field = panel.getByRole('textbox', { name: 'Publish' });
      await field.fill('Tide comes in, ships go out');
      await field.press('Enter');
      await seen(panel, 'Tide comes in');
    },
  },
  {
    page: '04-ticker.html',
    scenario: 'ticker',
    use: (panel) => seen(panel, 'tick 20/30'),
  },
  {
    page: '05-llm.html',
    scenario: 'llm',
    async use(panel) {
      await panel.locator('.run-cell').nth(12).waitFor();
      await press(panel, 'Kill the worker');
      await seen(panel, 'attempt 2');
      // The pale cells are what the first attempt had said.
      await panel.locator('.run-cell:not([data-pale])').first().waitFor();
    },
  },
];

await runCommand(USAGE, async () => {
  const { values } = parseArgs({
    options: {
      book: { type: 'string', default: 'http://127.0.0.1:4400' },
      to: { type: 'string', default: inClone('chapters', 'figures') },
    },
  });
  if (!URL.canParse(values.book)) throw new LabError('usage', `${values.book} is no address.`);
  const folder = resolve(values.to);
  await mkdir(folder, { recursive: true });
  const executablePath = await ensureChromium(process.env, console.log);
  const browser = await chromium.launch({ executablePath, args: chromiumFlags() });
  try {
    const viewport = { width: 1_024, height: 900 };
    const page = await browser.newPage({ viewport, deviceScaleFactor: 1.5 });
    page.setDefaultTimeout(PATIENCE_MS);
    for (const scene of SCENES) {
      const path = join(folder, `panel-${scene.scenario}.png`);
      await take(page, values.book, scene, path);
      console.log(path);
    }
  } finally {
    await browser.close();
  }
});

async function take(page: Page, book: string, scene: Scene, path: string): Promise<void> {
  const address = new URL(scene.page, book).href;
  await page.goto(address).catch(() => {
    throw new LabError('usage', `No live book answers at ${book}. Start one with npm start.`);
  });
  const panel = page.locator(`.run-panel[data-scenario="${scene.scenario}"]`);
  await panel.getByText('live', { exact: true }).waitFor();
  for (const [name, value] of Object.entries(scene.knobs ?? {})) {
    await panel.getByRole('spinbutton', { name }).fill(value);
  }
  await press(panel, 'Run');
  await panel.locator('.run-place code').waitFor();
  await scene.use(panel);
  await panel.screenshot({ path, animations: 'disabled' });
}
