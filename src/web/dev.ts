/** `npm run dev`: the book alone, for who writes it. It is built again at each save; nothing in it runs. */
import { mkdirSync } from 'node:fs';
import { inClone } from '../lab/clone.js';
import { createApp } from './app.js';
import { listen } from './listen.js';
import { createLive } from './live.js';
import { createPages } from './pages.js';
import { createRuns } from './runs.js';
import { stopOnSignal } from './shutdown.js';

const say = (line: string): void => console.log(line);
const report = (error: unknown): void =>
  console.error(error instanceof Error ? error.message : error);

const stops: Array<() => Promise<void> | void> = [];
stopOnSignal(async () => {
  for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
}, say);

const live = createLive();
const runs = createRuns({ launchers: new Map(), onError: report });
// A folder for each port: two books of one clone must not write the same pages.
const pagesFor = (port: number) => inClone('.streambook', `pages-${port}`);
const { port, url, close } = await listen((port) => {
  const pagesDirectory = pagesFor(port);
  mkdirSync(pagesDirectory, { recursive: true });
  return createApp({ pagesDirectory, port, runs, live, onError: report });
});
stops.push(close);
const pages = createPages(inClone(), pagesFor(port), live, say, ['author.js']);
const tookMs = await pages.build();
stops.push(pages.watch());
say(`The book            ${url}`);
if (tookMs !== undefined) say(`Built in ${tookMs} ms, and again at each save. Ctrl-C stops it.`);
await pages.findTypes();
