import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../src/lab/tools/chromium.ts';

/** Path of a Chromium, or `undefined`. */
export const CHROMIUM = await findChromium();

if (!CHROMIUM && process.env.CI === 'true') {
  throw new Error('CI=true and there is no Chromium: set CHROME_PATH, or install chromium.');
}
if (!CHROMIUM) {
  console.log('No Chromium, so the pages are not tested: npx playwright-core install chromium');
}

/** Starts the Chromium of this machine, headless. */
export async function openChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: CHROMIUM, args: chromiumFlags() });
}

/**
 * Everything that a page complains about from now on: failed scripts, failed requests, and what the content security
 * policy forbade, all of which Chromium writes to the console.
 */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}
