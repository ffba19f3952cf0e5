import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inClone } from '../../src/lab/clone.ts';
import { createApp } from '../../src/web/app.ts';
import { listen } from '../../src/web/listen.ts';
import { createLive, type Live } from '../../src/web/live.ts';
import { openPages } from '../../src/web/pages.ts';
import { createRuns, type Launcher } from '../../src/web/runs.ts';

/** The real book, served as `npm start` serves it, with the launcher that the test brings. */
export interface LiveBook {
  url: string;
  live: Live;
  close(): Promise<void>;
}

/**
 * Builds the book and serves it.
 *
 * @param order starts the runs of chapter 1's panel
 * @throws {Error} with the book's problems when it cannot be built
 */
export async function openLiveBook(order: Launcher): Promise<LiveBook> {
  const pagesDirectory = mkdtempSync(join(tmpdir(), 'streambook-pages-'));
  const live = createLive();
  live.update({ server: { state: 'ready' }, worker: { state: 'ready' } });
  const problems: string[] = [];
  const stopWatching = await openPages(inClone(), pagesDirectory, live, (line) =>
    problems.push(line),
  );
  if (problems.length > 0) throw new Error(problems.join('\n'));

  const runs = createRuns({ launchers: new Map([['order', order]]) });
  const { url, close } = await listen((port) => createApp({ pagesDirectory, port, runs, live }));
  return {
    url,
    live,
    async close() {
      stopWatching();
      await close();
      rmSync(pagesDirectory, { recursive: true });
    },
  };
}
