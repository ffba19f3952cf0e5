import { type Html, html } from './html.js';

/** One numbered cell of a tape. */
export interface TapeCell {
  number: number;
  title: string;
  href: string;
}

/**
 * Draws a tape: a row of numbered cells between the base, on the left, and the next number, on the
 * right. It is how the book pictures a log, and how it shows the way through itself.
 *
 * @param cells - in order of their numbers
 * @param label - what the cells are, for those who do not see them
 * @param reader - number of the cell under which the reader's caret stands
 */
export function drawTape(cells: readonly TapeCell[], label: string, reader?: number): Html {
  const last = cells.at(-1);
  if (last === undefined) return html``;
  const drawn = cells.map(({ number, title, href }) => {
    const caret = number === reader ? html` class="reader"` : html``;
    return html`<li${caret}><a href="${href}" title="${title}" aria-label="${number}: ${title}">${number}</a></li>`;
  });
  return html`<nav class="tape" aria-label="${label}"><ol>${drawn}<li class="next" aria-hidden="true">next ${last.number + 1}</li></ol></nav>`;
}
