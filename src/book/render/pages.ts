import type { Book } from '../book.js';
import { type Chapter, hasNotebook, isAppendix, isPreface } from '../chapter/chapter.js';
import { promiseOf } from '../chapter/promise.js';
import type { BookTypes } from '../types/cache.js';
import { type Html, html } from './html.js';
import { COVER, layout, pageName, pageNotebook } from './layout.js';
import { stampOf } from './stamp.js';
import { drawTape, type TapeCell } from './tape.js';
import type { RenderedText, RenderText } from './text.js';

/**
 * A page for each chapter, by their names.
 *
 * @param types - what is known of the names in the code
 * @param scripts - names of scripts in `assets/`
 */
export function chapterPages(
  book: Book,
  types: BookTypes,
  render: RenderText,
  scripts: readonly string[],
): Map<string, string> {
  const pages = book.chapters.map((chapter): [string, string] => {
    const text = render(book, chapter, types.get(chapter.slug));
    return [pageName(chapter.slug), chapterPage(book, chapter, text, scripts)];
  });
  return new Map(pages);
}

function chapterPage(
  book: Book,
  chapter: Chapter,
  text: RenderedText,
  scripts: readonly string[],
): string {
  const { slug, title, lede } = chapter;
  const name = slug.replace(/^\w\d-/, '').replaceAll('-', ' ');
  const main = html`<header class="opener">
<p class="eyebrow">${kindOf(chapter)} · ${name}</p>
<h1>${text.title}</h1>
<p class="lede">${text.lede}</p>
${isAppendix(chapter) ? html`` : drawTape(sectionCells(chapter), 'Sections of this chapter', 0)}
${notebookNote(chapter)}</header>
${text.body}
${stampOf(book, chapter)}${turnPage(book, chapter)}`;
  return layout(book, {
    title: `${title} · ${book.config.title}`,
    description: lede,
    main,
    chapter,
    scripts,
  });
}

function notebookNote(chapter: Chapter): Html | undefined {
  if (!hasNotebook(chapter)) return undefined;
  const href = pageNotebook(chapter.slug);
  return html`<p class="notebook"><a href="${href}" download>This chapter as a notebook</a>. In a clone, <code>npm run notebooks</code> opens it, ready to run.</p>
`;
}

function kindOf(chapter: Chapter): string {
  if (isPreface(chapter)) return 'Preface';
  return `${isAppendix(chapter) ? 'Appendix' : 'Chapter'} ${chapter.number}`;
}

/** The cover, by its name: what the book is, and its contents with a line about each chapter. */
export function coverPage(book: Book, scripts: readonly string[]): Map<string, string> {
  const { title, subtitle, parts } = book.config;
  const told = book.chapters.filter((chapter) => !isAppendix(chapter));
  const cells = told.map(
    (chapter): TapeCell => ({
      number: Number(chapter.number),
      title: chapter.title,
      href: pageName(chapter.slug),
    }),
  );
  const listed = parts.map(({ title, chapters }) => {
    const entries = chapters.flatMap(({ slug }) => book.chapters.filter((c) => c.slug === slug));
    return html`<h2>${title}</h2>\n<ol class="chapters">${entries.map(coverEntry)}</ol>\n`;
  });
  const main = html`<header class="opener cover">
<h1>${title}</h1>
<p class="lede">${subtitle}</p>
${drawTape(cells, 'Chapters')}
</header>
${listed}`;
  return new Map([[COVER, layout(book, { title, description: subtitle, main, scripts })]]);
}

function coverEntry(chapter: Chapter): Html {
  const { slug, number, title, lede } = chapter;
  return html`<li><span class="number">${number}</span> <a href="${pageName(slug)}">${title}</a>
<p>${lede}</p>
${drawPromise(chapter)}</li>\n`;
}

function drawPromise(chapter: Chapter): Html | undefined {
  const { minutes, outcome } = promiseOf(chapter);
  if (outcome === undefined) return undefined;
  const time = minutes === undefined ? undefined : html` <span>${minutes} minutes.</span>`;
  return html`<p class="promise">You will have ${outcome}${time}</p>\n`;
}

/** Sections are numbered from 0. */
function sectionCells({ headings }: Chapter): TapeCell[] {
  return headings
    .filter(({ level }) => level === 2)
    .map(({ text, id }, number) => ({ number, title: text, href: `#${id}` }));
}

function turnPage({ chapters }: Book, chapter: Chapter): Html {
  const index = chapters.indexOf(chapter);
  const [previous, next] = [chapters[index - 1], chapters[index + 1]];
  const link = (neighbour: Chapter | undefined, rel: string, word: string) =>
    neighbour === undefined
      ? undefined
      : html`<a rel="${rel}" href="${pageName(neighbour.slug)}"><span>${word}</span> ${neighbour.number} ${neighbour.title}</a>`;
  if (previous === undefined && next === undefined) return html``;
  return html`<nav class="turn" aria-label="Neighbouring chapters">${link(previous, 'prev', 'Previous')}${link(next, 'next', 'Next')}</nav>`;
}
