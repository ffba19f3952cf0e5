import type { Book } from '../book.js';
import { type Chapter, hasNotebook } from '../chapter/chapter.js';
import { drawDay } from './day.js';
import { type Html, html } from './html.js';

/** The last line of a chapter: when what it shows was run, and on what. */
export function stampOf({ runs }: Book, chapter: Chapter): Html | undefined {
  const run = runs.get(chapter.slug);
  if (run === undefined) return undefined;
  const what = hasNotebook(chapter) ? 'cells' : 'commands';
  const versions = Object.entries(run.versions).map(([name, version]) => `${name} ${version}`);
  const on = new Intl.ListFormat('en-GB').format(versions);
  return html`<p class="stamp">The ${what} of this chapter ran on ${drawDay(run.date)}, with ${on}.</p>\n`;
}
