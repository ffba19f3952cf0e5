import { mkdirSync } from 'node:fs';
import { inClone } from '../lab/clone.js';
import { type AppOptions, createApp } from './app.js';
import { listen } from './listen.js';
import type { Live } from './live.js';
import { createPages, type Pages } from './pages.js';
import { openRunStore } from './run-store.js';
import { createRuns, type Launcher } from './runs.js';

/** A book that is served, and not yet built. */
export interface OpenBook {
  /** Address of its first page. */
  url: string;
  pages: Pages;
  close(): Promise<void>;
}

/** What {@link openBook} is given. */
export interface OpenBookOptions extends Pick<AppOptions, 'killWorker'> {
  /** What can be run in it, by scenario. */
  launchers: ReadonlyMap<string, Launcher>;
  live: Live;
  /** Of the scripts in `web/browser`, those that every page loads. @defaultValue that of the panels */
  pageScripts?: readonly string[];
  /** The port to take, and no other. @defaultValue the first free one from 4400 on */
  port?: number;
  onLine(line: string): void;
  onError(error: unknown): void;
}

/** Serves the book of this clone on loopback, from a folder that no other book of the clone writes to. */
export async function openBook(options: OpenBookOptions): Promise<OpenBook> {
  const { launchers, live, killWorker, pageScripts, onLine, onError } = options;
  const store = openRunStore(inClone('.streambook', 'live-runs.json'));
  const runs = createRuns({ launchers, store, onError });
  const pagesFor = (port: number) => inClone('.streambook', `pages-${port}`);
  const appFor = (port: number) => {
    const pagesDirectory = pagesFor(port);
    mkdirSync(pagesDirectory, { recursive: true });
    const workers = killWorker && { killWorker };
    return createApp({ pagesDirectory, port, runs, live, onError, ...workers });
  };
  const { port, url, close } = await listen(appFor, { port: options.port });
  return { url, pages: createPages(inClone(), pagesFor(port), live, onLine, pageScripts), close };
}
