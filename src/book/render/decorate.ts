import type { Coloured } from './highlight.js';
import { type Html, html } from './html.js';

/** What a page adds to code: markup around stretches of a line, and marks on whole lines. */
export interface Decorations {
  /** In any order; those of one line must not overlap. */
  spans: readonly SpanDecoration[];
  /** By the line's index, from 0. */
  lines: ReadonlyMap<number, LineDecoration>;
}

/** Markup around a stretch of one line. */
export interface SpanDecoration {
  /** From 0. */
  line: number;
  /** Columns, from 0: the first, and the one after the last. */
  start: number;
  end: number;
  /** The stretch, coloured, to its markup. */
  wrap(inner: Html): Html;
}

/** Marks on a line. */
export interface LineDecoration {
  /** What a link can lead to. */
  id?: string;
  /** Class names beside `line`. */
  classes?: string;
}

/** Code as it is. */
export const PLAIN: Decorations = { spans: [], lines: new Map() };

/** The markup of one line of code. @param index - of the line, from 0 */
export function decorate(
  tokens: readonly Coloured[],
  index: number,
  decorations: Decorations,
): Html {
  const { id, classes } = decorations.lines.get(index) ?? {};
  const spans = decorations.spans
    .filter(({ line }) => line === index)
    .sort((a, b) => a.start - b.start);
  const pieces: Html[] = [];
  let column = 0;
  for (const span of spans) {
    pieces.push(stretch(tokens, column, span.start));
    pieces.push(span.wrap(stretch(tokens, span.start, span.end)));
    column = span.end;
  }
  pieces.push(stretch(tokens, column, Number.POSITIVE_INFINITY));
  const idAttribute = id === undefined ? undefined : html` id="${id}"`;
  return html`<span class="${!classes ? 'line' : `line ${classes}`}"${idAttribute}>${pieces}</span>`;
}

/** What stands between two columns, in its colours. A token that crosses an edge is cut there. */
function stretch(tokens: readonly Coloured[], from: number, to: number): Html {
  let column = 0;
  const pieces = tokens.flatMap(({ text, colour }) => {
    const start = column;
    column += text.length;
    if (column <= from || start >= to) return [];
    const part = text.slice(Math.max(from - start, 0), to - start);
    if (part === '') return [];
    return [
      colour === undefined ? html`${part}` : html`<span class="code-${colour}">${part}</span>`,
    ];
  });
  return html`${pieces}`;
}
