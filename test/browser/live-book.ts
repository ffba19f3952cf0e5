import { mkdtempSync, rmSync } from 'node:fs';
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

/** @throws {Error} with the book's problems when it cannot be built */
export async function buildBook(): Promise<BuiltBook> {
  const pagesDirectory = mkdtempSync(join(tmpdir(), 'streambook-pages-'));
  const problems: string[] = [];
  const onLine = (line: string) => problems.push(line);
  await createPages(inClone(), pagesDirectory, createLive(), onLine).build();
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return { pagesDirectory, remove: () => rmSync(pagesDirectory, { recursive: true }) };
}

/** Serves a built book. @param order starts the runs of chapter 1's panel */
export async function serveBook({ pagesDirectory }: BuiltBook, order: Launcher): Promise<LiveBook> {
  const live = createLive();
  live.update({ server: { state: 'ready' }, worker: { state: 'ready' }, build: 'first' });
  const runs = createRuns({ launchers: new Map([['order', order]]) });
  const { url, close } = await listen((port) => createApp({ pagesDirectory, port, runs, live }));
  return { url, live, close };
}
