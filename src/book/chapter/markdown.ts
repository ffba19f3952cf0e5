import MarkdownIt, { type MarkdownIt as Markdown } from 'markdown-it';
import anchor from 'markdown-it-anchor';
import alerts from 'markdown-it-github-alerts';

/**
 * The dialect of the chapters: CommonMark and tables, raw HTML (authors are trusted), heading ids as
 * GitHub makes them, and `> [!NOTE]` callouts. One dialect for parsing and rendering, so that a link
 * that was checked is a link that works.
 */
export function createMarkdown(): Markdown {
  return new MarkdownIt({ html: true, typographer: true })
    .use(anchor, { slugify: headingId, tabIndex: false })
    .use(alerts);
}

/**
 * Id of a heading, by GitHub's rule, so that `#read-two-topics` leads to the same place on the page
 * and in a repository's file view.
 */
export function headingId(text: string): string {
  const kept = text.trim().toLowerCase();
  return kept.replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '').replaceAll(' ', '-');
}

/** A paragraph of Markdown as its words alone: links by their texts, no emphasis. */
export function withoutMarkup(paragraph: string): string {
  return paragraph
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]/g, '')
    .trim();
}
