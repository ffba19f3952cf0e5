import type { Book } from '../book.js';
import { type Chapter, excerpts } from '../chapter/chapter.js';
import { promiseOf } from '../chapter/promise.js';
import { symbolsOf } from '../source/symbols.js';
import { BOOK_SCRIPT, FIRST_SCRIPT, ICON, STYLE_SHEET } from './assets.js';
import { type Html, html } from './html.js';

/** What distinguishes one page from another. */
export interface Page {
  /** Title in the browser's tab. */
  title: string;
  description: string;
  main: Html;
  /** The chapter that the page shows; none on the cover. */
  chapter?: Chapter;
  /** Names of further scripts in `assets/`, loaded as modules. */
  scripts: readonly string[];
}

/** Name of a chapter's page. */
export function pageName(slug: string): string {
  return `${slug}.html`;
}

/** Name of the page that a server shows first. */
export const COVER = 'index.html';

/** Names of the pages that list names and files. */
export const SYMBOLS_PAGE = 'symbols.html';
export const SOURCES_PAGE = 'sources.html';
/** The whole book. */
export const PRINT_PAGE = 'print.html';

/** Where the notebooks are that pages offer. */
export const NOTEBOOKS_FOLDER = 'notebooks';

/** Address of a chapter's notebook, as seen from a page. */
export function pageNotebook(slug: string): string {
  return `${NOTEBOOKS_FOLDER}/${slug}.ipynb`;
}

/** Address of a figure of the chapters, as seen from a page. */
export function pageFigure(file: string): string {
  return file.replace(/^chapters\//, '');
}

/**
 * A whole page. Everything it loads lies in `assets/` beside it, so that it reads the same from a disk,
 * a static host and the live book.
 */
export function layout(book: Book, page: Page): string {
  const scripts = page.scripts.map(
    (name) => html`<script type="module" src="assets/${name}"></script>\n`,
  );
  const { slug } = page.chapter ?? {};
  const current = slug === undefined ? undefined : html` data-chapter="${slug}"`;
  const own = html`<script src="assets/${FIRST_SCRIPT}"></script>
<script defer src="assets/${BOOK_SCRIPT}"></script>
${scripts}`;
  return html`${documentHead(page, own)}<body${current}>
<a class="skip" href="#text">Skip to the text</a>
<header class="top"><a href="index.html">${book.config.title}</a> ${TOOLS} <a href="#contents">Contents</a></header>
<main id="text" tabindex="-1">
${page.main}
</main>
${contents(book, page.chapter)}
</body>
</html>
`.html;
}

/** What every page begins with, whatever it shows. @param scripts - none, for a page that is only read */
export function documentHead(
  { title, description }: Pick<Page, 'title' | 'description'>,
  scripts?: Html,
): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${description}">
<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="assets/${ICON}">
<link rel="stylesheet" href="assets/${STYLE_SHEET}">
${scripts}</head>
`;
}

/** Buttons that the book's script shows, in a place that is kept free for them. */
const TOOLS = html`<span class="tools"><button type="button" data-tool="search" hidden><kbd>/</kbd> search</button><button type="button" data-tool="theme" hidden><kbd>t</kbd> theme</button><button type="button" data-tool="keys" hidden><kbd>?</kbd> keys</button></span>`;

function contents(book: Book, current: Chapter | undefined): Html {
  const { config, chapters } = book;
  const parts = config.parts.map((part) => {
    const entries = part.chapters.flatMap(({ slug }) => {
      const chapter = chapters.find((candidate) => candidate.slug === slug);
      return chapter === undefined ? [] : [entry(chapter, chapter === current)];
    });
    return html`<h2>${part.title}</h2>\n<ol>${entries}</ol>\n`;
  });
  return html`<nav class="contents" id="contents" aria-label="Contents">
<p class="book"><a href="index.html">${config.title}</a></p>
<p class="subtitle">${config.subtitle}</p>
${TOOLS}
${parts}${indexes(book)}</nav>`;
}

/** Pages that are no chapter: those that list something, when there is something to list, and the whole book. */
function indexes({ chapters }: Book): Html {
  const isShowingCode = chapters.some((chapter) => excerpts(chapter).length > 0);
  const pages = [
    symbolsOf(chapters).length > 0 && [SYMBOLS_PAGE, 'Names in the code'],
    isShowingCode && [SOURCES_PAGE, 'Sources'],
    [PRINT_PAGE, 'The book on one page'],
  ];
  const entries = pages
    .filter((page) => page !== false)
    .map(([href = '', title = '']) => html`<li><a href="${href}">${title}</a></li>\n`);
  return html`<h2>Index</h2>
<ol>${entries}</ol>
`;
}

function entry(chapter: Chapter, isCurrent: boolean): Html {
  const { slug, number, title, headings } = chapter;
  const { minutes } = promiseOf(chapter);
  const time = minutes === undefined ? undefined : html` <small>${minutes} min</small>`;
  const current = isCurrent ? html` aria-current="page"` : undefined;
  const link = html`<a href="${pageName(slug)}"${current} data-entry="${slug}"><span>${number}</span> ${title}${time}</a>`;
  if (!isCurrent) return html`<li>${link}</li>\n`;
  const sections = headings
    .filter(({ level }) => level === 2)
    .map(({ id, text }) => html`<li><a href="#${id}">${text}</a></li>`);
  return html`<li>${link}
<ol class="sections">${sections}</ol></li>\n`;
}
