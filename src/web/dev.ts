/** `npm run dev`: the book alone, for who writes it. It is built again at each save; nothing in it runs. */
import { createLive } from './live.js';
import { openBook } from './open-book.js';
import { stopOnSignal } from './shutdown.js';

const say = (line: string): void => console.log(line);
const report = (error: unknown): void =>
  console.error(error instanceof Error ? error.message : error);

const stops: Array<() => Promise<void> | void> = [];
stopOnSignal(async () => {
  for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
}, say);

const live = createLive();
const { url, pages, close } = await openBook({
  launchers: new Map(),
  live,
  pageScripts: ['author.js'],
  onLine: say,
  onError: report,
});
stops.push(close);
const tookMs = await pages.build();
stops.push(pages.watch());
say(`The book            ${url}`);
if (tookMs !== undefined) say(`Built in ${tookMs} ms, and again at each save. Ctrl-C stops it.`);
await pages.findTypes();
