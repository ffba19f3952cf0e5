import { seriesColour, topicColours } from './colours.js';
import { nextOffset, type Slot, slotsOf, type TapeDrawing } from './slots.js';
import { ACCENT, element, INK, RAISED, SOFT, type Svg, sheet, textWidth } from './svg.js';

/** Lengths in pixels. */
const MARGIN = 18;
const CELL_WIDTH = 40;
const CELL_HEIGHT = 36;
const PITCH = CELL_WIDTH + 2;
const LEGEND_HEIGHT = 30;
/** Above the cells, for the word at the base. */
const HEAD_HEIGHT = 20;
const CARET_HEIGHT = 16;
const LANE_HEIGHT = 20;
const ROW_GAP = 14;
/** A tape that is longer goes on in the next row: a column of text is not wider. */
const ROW_MAX_CELLS = 15;

/** A place with where it stands. */
interface Placed extends Slot {
  x: number;
  width: number;
}

/** A row of the tape, from its first offset to the first of the next row. */
interface Row {
  slots: Placed[];
  /** Right end of the cells. */
  end: number;
  cursors: { name: string; x: number; colour: string }[];
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
  const legend = drawLegend(colours, rows);
  const drawn: Svg[] = [HATCH, legend.svg];
  let y = legend.width > MARGIN ? MARGIN + LEGEND_HEIGHT : MARGIN;
  for (const row of rows) {
    const isLast = row === rows.at(-1);
    drawn.push(drawRow(row, drawing, colours, y, isLast));
    y += HEAD_HEIGHT + CELL_HEIGHT + CARET_HEIGHT + row.cursors.length * LANE_HEIGHT + ROW_GAP;
  }
  const nextWidth = 36 + textWidth(`next ${nextOffset(drawing)}`);
  const ends = rows.map((row) => row.end + (row === rows.at(-1) ? nextWidth : 0));
  const labels = rows.flatMap(({ cursors }) =>
    cursors.map(({ name, x }) => x + 10 + textWidth(name)),
  );
  const width = Math.max(legend.width, ...ends, ...labels) + MARGIN;
  const { title, description } = wordsFor(drawing);
  return sheet({ width, height: y, title, description }, drawn);
}

function rowsOf(drawing: TapeDrawing): Row[] {
  const rows: Row[] = [];
  let row: Row = { slots: [], end: MARGIN + 5, cursors: [] };
  for (const slot of slotsOf(drawing)) {
    if (rows.length === 0 || row.slots.length === ROW_MAX_CELLS) {
      row = { slots: [], end: MARGIN + 5, cursors: [] };
      rows.push(row);
    }
    const width = slot.to - slot.from > 1 ? 2 * PITCH - 2 : CELL_WIDTH;
    row.slots.push({ ...slot, x: row.end, width });
    row.end += width + 2;
  }
  if (rows.length === 0) rows.push(row);
  drawing.cursors.forEach(({ name, offset }, index) => {
    const place = placeOf(rows, offset);
    place.row.cursors.push({ name, x: place.x, colour: seriesColour(index) });
  });
  for (const { cursors } of rows) spread(cursors);
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

/** Carets under one cell stand beside each other. From the right to the left, so that no line crosses a name. */
function spread(cursors: Row['cursors']): void {
  cursors.sort((a, b) => b.x - a.x);
  for (const x of new Set(cursors.map((cursor) => cursor.x))) {
    const same = cursors.filter((cursor) => cursor.x === x);
    same.forEach((cursor, index) => {
      cursor.x = x + ((same.length - 1) / 2 - index) * 11;
    });
  }
}

function drawRow(
  { slots, end, cursors }: Row,
  drawing: TapeDrawing,
  colours: ReadonlyMap<string, string>,
  top: number,
  isLast: boolean,
): Svg {
  const { base } = drawing;
  const next = nextOffset(drawing);
  const y = top + HEAD_HEIGHT;
  const drawn = slots.map((slot) => drawSlot(slot, y, colours.get(slot.topic ?? '')));
  const firstLeft = slots.find(({ from }) => from === base);
  const isEmpty = isLast && base === next;
  if (firstLeft !== undefined || isEmpty) drawn.push(drawBase(base, firstLeft?.x ?? end, y));
  if (isLast) {
    const middle = y + CELL_HEIGHT / 2;
    const line = { x1: end + 6, x2: end + 24, y1: middle, y2: middle, stroke: SOFT };
    drawn.push(element('line', { ...line, 'stroke-dasharray': '3 3' }));
    drawn.push(element('text', { x: end + 30, y: middle + 4, fill: SOFT }, [`next ${next}`]));
  }
  cursors.forEach(({ name, x, colour }, lane) => {
    drawn.push(drawCaret(name, x, colour, y + CELL_HEIGHT + 4, lane));
  });
  return element('g', {}, drawn);
}

function drawSlot({ from, to, kind, x, width }: Placed, y: number, colour = SOFT): Svg {
  const box = { x: x + 1, y: y + 1, width: width - 2, height: CELL_HEIGHT - 2 };
  const isLeft = kind === 'item' || kind === 'other';
  const frame = element('rect', {
    ...box,
    fill: isLeft ? RAISED : kind === 'dropped' ? 'url(#hatch)' : 'none',
    stroke: kind === 'item' ? colour : SOFT,
    'stroke-width': kind === 'item' ? 2 : 1,
    'stroke-dasharray': isLeft ? undefined : '3 3',
  });
  const label = to - from > 1 ? `${from}–${to - 1}` : `${from}`;
  const text = {
    x: x + width / 2,
    y: y + CELL_HEIGHT / 2 + 4.5,
    'text-anchor': 'middle',
    fill: kind === 'item' ? INK : SOFT,
  };
  return element('g', {}, [frame, element('text', text, [label])]);
}

/** The edge of the log: what was before it is forgotten. */
function drawBase(base: number, x: number, y: number): Svg {
  const edge = { x: x - 4, y: y - 5, width: 3, height: CELL_HEIGHT + 10, fill: ACCENT };
  const word = { x: x - 4, y: y - 9, fill: ACCENT, 'font-size': 12 };
  return element('g', {}, [element('rect', edge), element('text', word, [`base ${base}`])]);
}

function drawCaret(name: string, x: number, colour: string, y: number, lane: number): Svg {
  const bottom = y + CARET_HEIGHT + lane * LANE_HEIGHT;
  const label = { x: x + 8, y: bottom + 4, fill: colour };
  return element('g', {}, [
    element('path', { d: `M${x} ${y}l5 9h-10z`, fill: colour }),
    element('path', { d: `M${x} ${y + 9}V${bottom}h5`, fill: 'none', stroke: colour }),
    element('text', label, [name]),
  ]);
}

/** The topics with their colours, and what the hatching means. */
function drawLegend(colours: ReadonlyMap<string, string>, rows: readonly Row[]) {
  const drawn: Svg[] = [];
  const hasDropped = rows.some(({ slots }) => slots.some(({ kind }) => kind === 'dropped'));
  let x = MARGIN;
  const entry = (name: string, fill: string, stroke: string) => {
    const swatch = { x, y: MARGIN, width: 12, height: 12, fill, stroke, 'stroke-width': 2 };
    drawn.push(element('rect', swatch));
    drawn.push(element('text', { x: x + 20, y: MARGIN + 11 }, [name]));
    x += 20 + textWidth(name) + 20;
  };
  for (const [topic, colour] of colours) entry(topic, RAISED, colour);
  if (hasDropped) entry('dropped', 'url(#hatch)', SOFT);
  return { svg: element('g', {}, drawn), width: x };
}

const HATCH = element('defs', {}, [
  element(
    'pattern',
    {
      id: 'hatch',
      width: 6,
      height: 6,
      patternUnits: 'userSpaceOnUse',
      patternTransform: 'rotate(45)',
    },
    [element('rect', { width: 1.2, height: 6, fill: '#c9c2b2' })],
  ),
]);

function wordsFor(drawing: TapeDrawing): { title: string; description: string } {
  const { items, base, cursors, dropped = [] } = drawing;
  const count = items.length === 1 ? '1 item' : `${items.length} items`;
  const sentences = [
    ...items.map(({ offset, topic }) => `Offset ${offset} is on topic ${topic}.`),
    ...dropped.map(({ from, to }) => `Offsets ${from} to ${to - 1} were dropped.`),
    ...cursors.map(({ name, offset }) => `${name} wants offset ${offset} next.`),
  ];
  return {
    title: `A log of ${count}, from base offset ${base} to next offset ${nextOffset(drawing)}`,
    description: sentences.join(' '),
  };
}
