import {
  CARET_HEIGHT,
  type Caret,
  CELL_HEIGHT,
  CELL_WIDTH,
  drawLegend,
  drawRow,
  HEAD_HEIGHT,
  LANE_HEIGHT,
  nextWidth,
  PITCH,
  type Placed,
  spread,
} from './cells.js';
import { seriesColour, topicColours } from './colours.js';
import { inPage } from './page.js';
import type { Recording } from './recording.js';
import { finalState, type TapeState } from './replay.js';
import { nextOffset, slotsUntil } from './slots.js';
import { ACCENT, element, SOFT, type Svg, sheet, textWidth } from './svg.js';
import { wordsFor } from './tape.js';

/** Lengths in pixels. */
const MARGIN = 14;
const LEGEND_HEIGHT = 30;
const ROW_GAP = 12;
/** With the word behind the last cell, as many as a column of text is wide. */
const ROW_CELLS = 12;

/** Draws one state of a recording after another, all of them in the same room. */
export type DrawState = (state: TapeState) => string;

/**
 * Prepares to draw the states of a recording. Every offset that there will be has its place from the
 * beginning, so that nothing moves but what happens.
 *
 * @returns a function from a state to an SVG that is part of a page, in the page's colours
 */
export function stateDrawer(recording: Recording): DrawState {
  const end = nextOffset(finalState(recording));
  const { topics, readers, events } = recording;
  const colours = topicColours(topics);
  const legend = drawLegend(
    colours,
    events.some(({ kind }) => kind === 'gap'),
    MARGIN,
  );
  const lanes = readers.length * LANE_HEIGHT;
  const rowHeight = HEAD_HEIGHT + CELL_HEIGHT + CARET_HEIGHT + lanes + ROW_GAP;
  const rowCount = Math.max(1, Math.ceil(end / ROW_CELLS));
  const label = Math.max(0, ...readers.map((name) => textWidth(`${name}, away`)));
  const cells = MARGIN + 5 + Math.min(end, ROW_CELLS) * PITCH;
  const width = Math.max(legend.width, cells + nextWidth(end), cells + 24 + label) + MARGIN;
  const hasTelling = events.some(({ kind }) => kind === 'attempt' || kind === 'kill');
  const top = MARGIN + LEGEND_HEIGHT + (hasTelling ? LANE_HEIGHT : 0);
  const height = top + rowCount * rowHeight;

  return (state) => {
    const rows = rowsOf(state, end);
    const edges = { base: state.base, next: nextOffset(state), beyond: end };
    const drawn = rows.map((row, index) => {
      const placed = { ...row, end: endOf(row), isLast: index === rows.length - 1 };
      return drawRow(placed, edges, colours, top + index * rowHeight);
    });
    const telling = hasTelling ? [drawTelling(state, MARGIN + LEGEND_HEIGHT + 6)] : [];
    return inPage(sheet({ width, height, ...wordsOf(state) }, [legend.svg, ...telling, ...drawn]));
  };
}

interface Row {
  slots: Placed[];
  carets: Caret[];
}

function rowsOf(state: TapeState, end: number): Row[] {
  const rows: Row[] = [];
  for (const slot of slotsUntil(state, end)) {
    const column = slot.from % ROW_CELLS;
    if (column === 0) rows.push({ slots: [], carets: [] });
    const x = MARGIN + 5 + column * PITCH;
    rows.at(-1)?.slots.push({ ...slot, x, width: CELL_WIDTH });
  }
  if (rows.length === 0) rows.push({ slots: [], carets: [] });
  state.cursors.forEach((cursor, index) => {
    const isBehind = cursor.offset >= end;
    const row = rows[isBehind ? rows.length - 1 : Math.floor(cursor.offset / ROW_CELLS)] as Row;
    const x = isBehind ? endOf(row) + 14 : MARGIN + 5 + (cursor.offset % ROW_CELLS) * PITCH + 20;
    row.carets.push({ ...cursor, x, colour: seriesColour(index) });
  });
  for (const { carets } of rows) spread(carets);
  return rows;
}

function endOf({ slots }: Row): number {
  return MARGIN + 5 + slots.length * PITCH;
}

/** Which attempt is under way, and who was killed. */
function drawTelling({ attempt, killed }: TapeState, y: number): Svg {
  const parts = [
    ...(attempt > 0 ? [element('tspan', { fill: SOFT }, [`attempt ${attempt} `])] : []),
    ...(killed === undefined ? [] : [element('tspan', { fill: ACCENT }, [`✕ ${killed} killed`])]),
  ];
  return element('text', { x: MARGIN, y: y + 6 }, parts);
}

function wordsOf(state: TapeState): { title: string; description: string } {
  const { title, description } = wordsFor(state);
  const { attempt, killed, items } = state;
  const pale = items.filter(({ isPale }) => isPale).map(({ offset }) => offset);
  const more = [
    ...(attempt > 0 ? [`Attempt ${attempt} is under way.`] : []),
    ...(pale.length > 0 ? [`Offsets ${pale.join(', ')} no longer count.`] : []),
    ...(killed === undefined ? [] : [`${killed} was killed.`]),
  ];
  return { title, description: [description, ...more].join(' ') };
}
