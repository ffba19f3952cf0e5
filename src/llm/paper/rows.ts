/** How text lies on a screen. */
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Breaks a line into rows of a width, between words where it can.
 *
 * @param columns - the width, in cells of the terminal
 */
export function breakLine(line: string, columns: number): string[] {
  const rows: string[] = [];
  let rest = line;
  while (stringWidth(rest) > columns) {
    const end = fitting(rest, columns);
    // A space may lie just past the edge, where nobody sees it.
    const space = rest.lastIndexOf(' ', end);
    const isWordBreak = rest.slice(0, space + 1).trim() !== '';
    rows.push(rest.slice(0, isWordBreak ? space : end));
    rest = rest.slice(isWordBreak ? space + 1 : end);
  }
  return [...rows, rest];
}

/** How many rows a piece without line breaks takes on a screen, whoever breaks it. */
export function heightOf(row: string, columns: number): number {
  return Math.max(1, Math.ceil(stringWidth(row) / columns));
}

/** How many characters at the start of a line fit into a row; at least one sign. */
function fitting(line: string, columns: number): number {
  let width = 0;
  let end = 0;
  for (const { segment } of graphemes.segment(line)) {
    width += stringWidth(segment);
    if (width > columns && end > 0) break;
    end += segment.length;
  }
  return end;
}
