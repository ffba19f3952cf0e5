import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inClone } from '../../src/lab/clone.ts';
import { createApp } from '../../src/web/app.ts';
import { listen } from '../../src/web/listen.ts';
import { createLive, type Live } from '../../src/web/live.ts';
import { createPages } from '../../src/web/pages.ts';
import { createRuns, type Launcher } from '../../src/web/runs.ts';

/** The pages of the real book, built once and served any number of times. */
export interface BuiltBook {
  pagesDirectory: string;
  remove(): void;
}

/** The real book, served as `npm start` serves it, with the launcher that the test brings. */
export interface LiveBook {
  url: string;
  live: Live;
  close(): Promise<void>;
}

/** The scenarios that have a panel somewhere in these tests. */
export const PANELS = ['order', 'pipeline', 'hub', 'ticker', 'llm'] as const;

/** @throws {Error} with the book's problems when it cannot be built */
export async function buildBook(): Promise<BuiltBook> {
  const pagesDirectory = mkdtempSync(join(tmpdir(), 'streambook-pages-'));
  const problems: string[] = [];
  const onLine = (line: string) => problems.push(line);
  await createPages(inClone(), pagesDirectory, createLive(), onLine).build();
  if (problems.length > 0) throw new Error(problems.join('\n'));
  for (const scenario of PANELS) writePanelPage(pagesDirectory, scenario);
  return { pagesDirectory, remove: () => rmSync(pagesDirectory, { recursive: true }) };
}

/** The name of a page with the panel of a scenario alone, so that a panel needs no chapter to be tested. */
export function panelPage(scenario: string): string {
  return `panel-${scenario}.html`;
}

function writePanelPage(pagesDirectory: string, scenario: string): void {
  const page = readFileSync(join(pagesDirectory, 'index.html'), 'utf8');
  const place = `<section class="run-panel" data-scenario="${scenario}"><p>npm start</p></section>`;
  const main = `<main id="text"><h1>The panel of ${scenario}</h1>${place}</main>`;
  writeFileSync(
    join(pagesDirectory, panelPage(scenario)),
    page.replace(/<main[\s\S]*<\/main>/, main),
  );
}

/**
 * Serves a built book.
 *
 * @param launchers - start the runs of the panels
 * @param killWorker - ends the worker of a scenario; none where the test keeps its workers
 * @param shownPort - the port that browsers name, where they do not come to the book's own
 */
export async function serveBook(
  { pagesDirectory }: BuiltBook,
  launchers: ReadonlyMap<string, Launcher>,
  killWorker?: (scenario: string) => number | undefined,
  shownPort?: number,
): Promise<LiveBook> {
  const live = createLive();
  live.update({ server: { state: 'ready' }, build: 'first' });
  for (const scenario of launchers.keys()) live.updateWorker(scenario, 'ready');
  const runs = createRuns({ launchers });
  const options = { pagesDirectory, runs, live, ...(killWorker && { killWorker }) };
  const { url, close } = await listen((port) => createApp({ ...options, port: shownPort ?? port }));
  return { url, live, close };
}
