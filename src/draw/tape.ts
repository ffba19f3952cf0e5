import {
  CARET_HEIGHT,
  type Caret,
  CELL_HEIGHT,
  CELL_WIDTH,
  drawLegend,
  drawRow,
  HEAD_HEIGHT,
  LANE_HEIGHT,
  nameOf,
  nextWidth,
  PITCH,
  type Placed,
  spread,
} from './cells.js';
import { seriesColour, topicColours } from './colours.js';
import { nextOffset, slotsOf, type TapeDrawing } from './slots.js';
import { type Svg, sheet, textWidth } from './svg.js';

/** Lengths in pixels. */
const MARGIN = 18;
const LEGEND_HEIGHT = 30;
const ROW_GAP = 14;
/** A tape that is longer goes on in the next row: a column of text is not wider. */
const ROW_MAX_CELLS = 15;

/** A row of the tape, from its first offset to the first of the next row. */
interface Row {
  slots: Placed[];
  /** Right end of the cells. */
  end: number;
  carets: Caret[];
}

/**
 * Draws a log as this book pictures it: a row of numbered cells in the colours of their topics, the
 * base offset as an edge in front of the first cell that is left, and a caret for each reader under the
 * cell that it wants next. What was dropped before a reader came to it is hatched.
 *
 * @returns an SVG of its own, for `show`
 */
export function drawTape(drawing: TapeDrawing): string {
  const rows = rowsOf(drawing);
  const colours = topicColours(drawing.items.map(({ topic }) => topic));
  const hasDropped = rows.some(({ slots }) => slots.some(({ kind }) => kind === 'dropped'));
  const legend = drawLegend(colours, hasDropped, MARGIN);
  const drawn: Svg[] = [legend.svg];
  const next = nextOffset(drawing);
  const edges = { base: drawing.base, next, beyond: next };
  let y = legend.width > MARGIN ? MARGIN + LEGEND_HEIGHT : MARGIN;
  for (const row of rows) {
    const isLast = row === rows.at(-1);
    drawn.push(drawRow({ ...row, isLast }, edges, colours, y));
    y += HEAD_HEIGHT + CELL_HEIGHT + CARET_HEIGHT + row.carets.length * LANE_HEIGHT + ROW_GAP;
  }
  const ends = rows.map((row) => row.end + (row === rows.at(-1) ? nextWidth(next) : 0));
  const labels = rows.flatMap(({ carets }) =>
    carets.map((caret) => caret.x + 10 + textWidth(nameOf(caret))),
  );
  const width = Math.max(legend.width, ...ends, ...labels) + MARGIN;
  const { title, description } = wordsFor(drawing);
  return sheet({ width, height: y, title, description }, drawn);
}

function rowsOf(drawing: TapeDrawing): Row[] {
  const rows: Row[] = [];
  let row: Row = { slots: [], end: MARGIN + 5, carets: [] };
  for (const slot of slotsOf(drawing)) {
    if (rows.length === 0 || row.slots.length === ROW_MAX_CELLS) {
      row = { slots: [], end: MARGIN + 5, carets: [] };
      rows.push(row);
    }
    const width = slot.to - slot.from > 1 ? 2 * PITCH - 2 : CELL_WIDTH;
    row.slots.push({ ...slot, x: row.end, width });
    row.end += width + 2;
  }
  if (rows.length === 0) rows.push(row);
  drawing.cursors.forEach((cursor, index) => {
    const place = placeOf(rows, cursor.offset);
    place.row.carets.push({ ...cursor, x: place.x, colour: seriesColour(index) });
  });
  for (const { carets } of rows) spread(carets);
  return rows;
}

/** Where a reader's caret stands: under the cell, or behind the last one. */
function placeOf(rows: readonly Row[], offset: number): { row: Row; x: number } {
  for (const row of rows) {
    const slot = row.slots.find(({ from, to }) => from <= offset && offset < to);
    if (slot !== undefined) return { row, x: slot.x + slot.width / 2 };
  }
  const last = rows.at(-1) as Row;
  return { row: last, x: last.end + 14 };
}

/** What a tape shows, for those who do not see it. */
export function wordsFor(drawing: TapeDrawing): { title: string; description: string } {
  const { items, base, cursors, dropped = [] } = drawing;
  const count = items.length === 1 ? '1 item' : `${items.length} items`;
  const sentences = [
    ...items.map(({ offset, topic }) => `Offset ${offset} is on topic ${topic}.`),
    ...dropped.map(({ from, to }) =>
      to - from === 1
        ? `Offset ${from} was dropped.`
        : `Offsets ${from} to ${to - 1} were dropped.`,
    ),
    ...cursors.map(({ name, offset }) => `${name} wants offset ${offset} next.`),
  ];
  return {
    title: `A log of ${count}, from base offset ${base} to next offset ${nextOffset(drawing)}`,
    description: sentences.join(' '),
  };
}
