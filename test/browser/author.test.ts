/** What who writes the book sees of a build: the page again, or why there is none. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src/web/app.ts';
import { listen } from '../../src/web/listen.ts';
import { createLive } from '../../src/web/live.ts';
import { createPages } from '../../src/web/pages.ts';
import { createRuns } from '../../src/web/runs.ts';
import { CHROMIUM, complaintsOf, openChromium } from './chromium.ts';

test.skipIf(!CHROMIUM)(
  'a mistake is shown over the page, with its place, until it is mended',
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'book-author-'));
    onTestFinished(() => rmSync(root, { recursive: true }));
    for (const folder of ['chapters', 'src/web/browser', 'pages']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    writeFileSync(join(root, 'src/web/browser/panel.css'), '');
    const parts = [{ title: 'Part', chapters: [{ slug: '01-small', title: 'Small' }] }];
    const config = { title: 'Book', subtitle: 'Small', parts, scenarios: [] };
    writeFileSync(join(root, 'book.config.json'), JSON.stringify(config));
    const write = (text: string) =>
      writeFileSync(join(root, 'chapters/01-small.md'), `# Small\n\nA lede.\n\n${text}\n`);

    const live = createLive();
    const pages = createPages(root, join(root, 'pages'), live, () => {}, ['author.js']);
    write('First.');
    await pages.build();
    onTestFinished(pages.watch());
    const runs = createRuns({ launchers: new Map() });
    const book = await listen((port) =>
      createApp({ pagesDirectory: join(root, 'pages'), port, runs, live }),
    );
    onTestFinished(book.close);
    const browser = await openChromium();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const complaints = complaintsOf(page);
    await page.goto(`${book.url}/01-small.html`);
    await page.getByText('First.').waitFor();

    write('See [there](nowhere.md).');
    await page
      .getByRole('alert')
      .getByText(/^chapters\/01-small\.md:5: /)
      .waitFor();
    write('Second.');
    await page.getByText('Second.').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(complaints).toEqual([]);
  },
);
