import { posix } from 'node:path';
import { type Chapter, hasNotebook } from '../chapter/chapter.js';
import { figuresOf } from '../chapter/figures.js';
import { linkTarget } from '../chapter/links.js';

/**
 * Prose of a chapter as it stands in the notebook: images that a cell draws are left to that cell, links lead from `notebooks/` to where they led from
 * `chapters/`, and callouts, which JupyterLab does not know, become quotes with a bold first word.
 *
 * @param chapters - all chapters, since links lead to their headings
 */
export function notebookProse(
  markdown: string,
  chapter: Chapter,
  chapters: readonly Chapter[],
): string {
  const linked = chapter.links.reduce(
    (text, { href }) => {
      const there = notebookHref(chapter, chapters, href);
      return text.replaceAll(`](${href})`, `](${there})`).replaceAll(`](${href} `, `](${there} `);
    },
    withoutDrawn(markdown, chapter),
  );
  return linked
    .replace(/^> \[!(\w)(\w*)\]\s*$/gm, (_, first: string, rest: string) => {
      return `> **${first}${rest.toLowerCase()}**\n>`;
    })
    .replace(/^\n+|\n+$/g, '');
}

/** A reader who runs the cell would see the same picture twice. */
function withoutDrawn(markdown: string, chapter: Chapter): string {
  const drawn = new Set(figuresOf(chapter).map(({ name }) => `figures/${name}.svg`));
  return markdown.replace(/^!\[[^\]]*\]\(([^)\s]+)[^)]*\)\n?/gm, (image, href: string) =>
    drawn.has(href) ? '' : image,
  );
}

function notebookHref(chapter: Chapter, chapters: readonly Chapter[], href: string): string {
  const target = linkTarget(chapter.file, href);
  if (target.kind === 'external') return href;
  if (target.kind === 'file') return posix.relative('notebooks', target.file);
  const destination = chapters.find(({ file }) => file === target.file);
  if (destination && !hasNotebook(destination)) return posix.relative('notebooks', target.file);
  const heading = destination?.headings.find(({ id }) => id === target.heading);
  // JupyterLab's ids are the heading's text with dashes, not GitHub's.
  const anchor = heading === undefined ? '' : `#${heading.text.replaceAll(' ', '-')}`;
  return target.file === chapter.file ? anchor : `${destination?.slug}.ipynb${anchor}`;
}
