import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Problem } from '../problem.js';
import type { Chapter, Link } from './chapter.js';

/** Where a link of a chapter leads. */
export type LinkTarget =
  | { kind: 'external' }
  /** A heading of a chapter of this book, or its beginning. */
  | { kind: 'chapter'; file: string; heading: string | undefined }
  /** A file of the repository. */
  | { kind: 'file'; file: string };

/**
 * Tells where a link leads.
 *
 * @param from - path of the chapter, relative to the root
 * @param href - what the author wrote
 */
export function linkTarget(from: string, href: string): LinkTarget {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return { kind: 'external' };
  const [path = '', heading] = href.split('#');
  const file = path === '' ? from : posix.normalize(posix.join(posix.dirname(from), path));
  if (posix.dirname(file) === 'chapters' && file.endsWith('.md')) {
    return { kind: 'chapter', file, heading };
  }
  return { kind: 'file', file };
}

/**
 * Finds links that lead nowhere, and images without words. Addresses elsewhere are checked for their
 * form only, since a build must not depend on somebody else's server.
 *
 * @param root - folder that holds the book
 * @param chapters - all chapters of the book
 */
export function checkLinks(root: string, chapters: readonly Chapter[]): Problem[] {
  return chapters.flatMap((chapter) =>
    chapter.links.flatMap((link) => {
      const message = deadEnd(root, chapters, chapter, link);
      return message === undefined ? [] : [{ file: chapter.file, line: link.line, message }];
    }),
  );
}

function deadEnd(
  root: string,
  chapters: readonly Chapter[],
  chapter: Chapter,
  { href, isImage, alt }: Link,
): string | undefined {
  if (isImage && alt === '')
    return `\`${href}\` is an image that says nothing to who cannot see it`;
  const target = linkTarget(chapter.file, href);
  if (target.kind === 'external') {
    return URL.canParse(href) ? undefined : `\`${href}\` is no address`;
  }
  if (target.kind === 'file') {
    if (target.file.startsWith('..')) return `\`${href}\` leads out of the book`;
    // Pages bring along the figures of the chapters, and no other file.
    if (isImage && !target.file.startsWith('chapters/figures/')) {
      return `\`${href}\` is an image outside chapters/figures`;
    }
    if (existsSync(join(root, decodeURI(target.file)))) return undefined;
    const drawn = isImage && target.file.endsWith('.svg');
    const record = drawn ? '; if a cell shows it, `npm run record` draws it' : '';
    return `\`${href}\` leads to no file${record}`;
  }
  const destination = chapters.find(({ file }) => file === target.file);
  if (destination === undefined) return `\`${href}\` leads to no chapter of the book`;
  const { heading } = target;
  if (heading === undefined || destination.headings.some(({ id }) => id === heading)) {
    return undefined;
  }
  const ids = destination.headings.map(({ id }) => `#${id}`).join(', ');
  return `\`${href}\` leads to no heading of ${destination.file}, which has ${ids}`;
}
