import type { Book } from '../book.js';
import type { Chapter } from '../chapter/chapter.js';
import { ICON, STYLE_SHEET } from './assets.js';
import { type Html, html, raw } from './html.js';
import { documentHead, PRINT_PAGE, pageName } from './layout.js';
import { inOneFile } from './one-file.js';
import { stampOf } from './stamp.js';
import type { RenderText } from './text.js';

/**
 * The whole book in one file, by its name, to be printed or kept: it loads nothing, and its links stay on the
 * page.
 *
 * @param assets - what lies in `assets/` beside every book: its looks are put into the page
 * @param files - absolute paths of figures, by their addresses on a page
 */
export function printPage(
  book: Book,
  render: RenderText,
  assets: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, string>,
): Map<string, string> {
  const { title, subtitle } = book.config;
  const entries = book.chapters.map(
    ({ slug, number, title }) => html`<li><a href="#${slug}">${number} ${title}</a></li>\n`,
  );
  const chapters = book.chapters.map((chapter) => printed(book, chapter, render));
  const head = documentHead({ title: `${title}, on one page`, description: subtitle });
  const { html: page } = html`${head}<body class="whole-book">
<main>
<header class="opener cover">
<h1>${title}</h1>
<p class="lede">${subtitle}</p>
</header>
<nav aria-label="Contents"><ol class="chapters">${entries}</ol></nav>
${chapters}</main>
</body>
</html>
`;
  const looks = { style: assets.get(STYLE_SHEET) ?? '', icon: assets.get(ICON) ?? '' };
  return new Map([[PRINT_PAGE, inOneFile(page, looks, files)]]);
}

function printed(book: Book, chapter: Chapter, render: RenderText): Html {
  const { title, lede, body } = render(book, chapter);
  const { slug, number } = chapter;
  const whole = html`<header class="opener">
<p class="eyebrow">${number}</p>
<h2 class="title">${title}</h2>
<p class="lede">${lede}</p>
</header>
${body}
${stampOf(book, chapter)}`;
  return html`<article id="${slug}">
${raw(onOnePage(whole.html, book, slug))}</article>
`;
}

/**
 * Ids of all chapters meet on one page, so each is preceded by its chapter; links between chapters lead to
 * them. What has a page of its own is no link here, since that page need not be beside this one.
 */
function onOnePage(markup: string, { chapters }: Book, slug: string): string {
  const slugs = new Map(chapters.map((chapter) => [pageName(chapter.slug), chapter.slug]));
  return markup
    .replace(/(<[a-z][^>]* id=")([^"]+)"/g, (_, tag: string, id: string) => `${tag}${slug}--${id}"`)
    .replace(/ loading="lazy"/g, '')
    .replace(/ href="([^"#]*)(#[^"]*)?"/g, (whole, page: string, hash: string | undefined) => {
      if (/^[a-z]+:/.test(page)) return whole;
      const target = page === '' ? slug : slugs.get(page);
      if (target === undefined) return '';
      return ` href="#${hash === undefined ? target : `${target}--${hash.slice(1)}`}"`;
    });
}
