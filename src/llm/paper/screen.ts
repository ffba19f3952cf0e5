/** An answer on a terminal, where what was written can be taken back. */
import { printable } from './printable.js';
import type { Paper } from './render.js';
import { breakLine, heightOf } from './rows.js';

/** The size of a terminal; it may change at any time. */
export interface Size {
  columns: number;
  rows: number;
}

/** Control sequences of ECMA-48: cursor up, and erase in page. */
const up = (rows: number) => (rows > 0 ? `\u001b[${rows}A` : '');
const CLEAR_TO_END_OF_SCREEN = '\u001b[J';

/** A tab would move on by as much as the place asks for; counting is easier with spaces. */
const TAB = '    ';

// #region screen-paper
/**
 * Writes on a terminal. It breaks lines itself, so that it knows how many rows it has filled, and can
 * go back to where the answer began, or as far as a screen lets it.
 *
 * @param size - tells how big the terminal is now
 */
export function screenPaper(size: () => Size): Paper {
  /** The rows that are full, since the answer began. */
  let full: string[] = [];
  /** The row on which the cursor stands; text may still join it. */
  let last = '';

  const add = (text: string): string => {
    const { columns } = size();
    const back = up(heightOf(last, columns) - 1);
    const rows = (last + printable(text).replaceAll('\t', TAB))
      .split('\n')
      .flatMap((line) => breakLine(line, columns));
    last = rows.at(-1) ?? '';
    full.push(...rows.slice(0, -1));
    return `\r${back}${CLEAR_TO_END_OF_SCREEN}${rows.join('\n')}`;
  };

  const note = (text: string): string => add(`${last === '' ? '' : '\n'}${text}\n`);

  const rewind = (mark: string): string => {
    const { columns, rows } = size();
    const filled = [...full, last].reduce((sum, row) => sum + heightOf(row, columns), 0);
    full = [];
    last = '';
    // The cursor cannot leave the screen: what has scrolled out of it stays, before the mark.
    return `\r${up(Math.min(filled, rows) - 1)}${CLEAR_TO_END_OF_SCREEN}${note(mark)}`;
  };

  return { add, note, aside: note, rewind, end: () => note('') };
}
// #endregion screen-paper
