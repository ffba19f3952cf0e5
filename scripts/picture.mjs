// Takes the picture of the live page in the README, from a live book that runs:
//
//     npm start, and in another terminal: node scripts/picture.mjs [address]
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../src/dist/lab/tools/chromium.js';

const [address = 'http://127.0.0.1:4400'] = process.argv.slice(2);
const picture = fileURLToPath(new URL('../chapters/figures/live-page.png', import.meta.url));
/** Pixels of the page that stay visible above the panel. */
const ABOVE = 300;

const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: chromiumFlags(),
});
const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
await page.goto(`${address}/01-order.html`);
const panel = page.locator('.run-panel');
await panel.getByRole('button', { name: 'Run' }).click();
await panel.getByText('completed').waitFor();
await panel.evaluate((element, above) => {
  scrollTo(0, element.getBoundingClientRect().top + scrollY - above);
}, ABOVE);
await page.screenshot({ path: picture });
await browser.close();
