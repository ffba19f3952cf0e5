import type { ChapterTypes } from '../types/types.js';
import type { SpanDecoration } from './decorate.js';
import { type Html, html } from './html.js';

/**
 * The names in a block's code as what a page shows: each can be pointed at, and tells which text of the
 * page's types is its.
 *
 * @param hrefOf - where the book introduces a name, if it does so elsewhere
 */
export function typeSpans(
  types: ChapterTypes | undefined,
  block: { id: string; code: string },
  hrefOf: (name: string, type: string) => string | undefined,
): SpanDecoration[] {
  const own = types?.blocks[block.id];
  // Types of other code than what is shown would stand in the wrong places.
  if (own === undefined || own.code !== block.code) return [];
  const lines = block.code.split('\n');
  return own.names.map(([line, start, end, text]) => ({
    line,
    start,
    end,
    wrap: (inner) =>
      name(
        inner,
        text,
        hrefOf(lines[line]?.slice(start, end) ?? '', types?.texts[text]?.type ?? ''),
      ),
  }));
}

/** A link to the introduction is no stop of the Tab key: a page has hundreds. The card has it for the keyboard. */
function name(inner: Html, text: number, href: string | undefined): Html {
  if (href === undefined) return html`<span data-type="${text}">${inner}</span>`;
  return html`<a data-type="${text}" href="${href}" tabindex="-1">${inner}</a>`;
}
