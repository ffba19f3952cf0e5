import type { Token } from 'markdown-it';
import type { Heading, Link } from './chapter.js';

/** Headings among tokens, with the ids that links lead to. */
export function headingsOf(tokens: readonly Token[]): Heading[] {
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return [];
    const id = String(token.attrGet('id') ?? '');
    const text = plainText(tokens[index + 1]);
    return [{ level: Number(token.tag.slice(1)), text, id, line: firstLine(token) }];
  });
}

/** The paragraph that follows the title, without its markup. */
export function paragraphAfterTitle(tokens: readonly Token[]): string {
  const end = tokens.findIndex((token) => token.type === 'heading_close' && token.tag === 'h1');
  if (tokens[end + 1]?.type !== 'paragraph_open') return '';
  return plainText(tokens[end + 2]);
}

/** Addresses of all links and images, at the line on which each stands. */
export function linksOf(tokens: readonly Token[], lines: readonly string[]): Link[] {
  // The text of a table's cell has no lines of its own: those of its row hold on.
  let [start, end] = [0, 0];
  return tokens.flatMap((token) => {
    [start, end] = token.map ?? [start, end];
    return (token.children ?? []).flatMap((child) => {
      const isImage = child.type === 'image';
      const href = child.attrGet(isImage ? 'src' : 'href');
      if (href === null) return [];
      const within = lines.slice(start, end).findIndex((line) => line.includes(`(${href}`));
      const alt = isImage ? child.content.trim() : '';
      return [{ href: String(href), isImage, alt, line: start + 1 + Math.max(within, 0) }];
    });
  });
}

/** The words of a paragraph or a heading, without markup. */
export function plainText(inline: Token | undefined): string {
  const parts = (inline?.children ?? []).map(({ type, content }) => {
    if (type === 'softbreak' || type === 'hardbreak') return ' ';
    return type === 'html_inline' ? '' : content;
  });
  return parts.join('');
}

function firstLine(token: Token): number {
  return (token.map?.[0] ?? 0) + 1;
}
