import { seconds } from './happened.js';
import { inPage } from './page.js';
import type { Recording, Span } from './recording.js';
import { type Block, blocksOf, labelOf, type Row, rowsOf } from './sequence-rows.js';
import {
  ACCENT,
  type Attributes,
  element,
  INK,
  PAPER,
  RAISED,
  RULE,
  SOFT,
  type Svg,
  sheet,
  textWidth,
} from './svg.js';

/** Lengths in pixels. */
const MARGIN = 14;
/** As wide as a column of text. */
const WIDTH = 640;
/** For the times, at the left. */
const TIME_WIDTH = 62;
const HEAD_HEIGHT = 28;
const ROW_HEIGHT = 27;
/** Above and below rows that repeat. */
const BLOCK_GAP = 12;
const BAR_WIDTH = 8;
/** A bar that is lower is of a repetition that is not drawn. */
const LEAST_BAR_HEIGHT = 4;

/** A row with where it stands. */
interface Placed {
  row: Row;
  y: number;
}

/** A frame around rows that repeat. */
interface Frame {
  top: number;
  bottom: number;
  times: number;
}

interface Layout {
  rows: Placed[];
  frames: Frame[];
  bottom: number;
  /** Where a time is: between rows it passes evenly. */
  yOf(at: number): number;
}

/**
 * Draws who told whom in a recorded run: a line of life for each participant, from top to bottom, with
 * bars where it is busy, and arrows in the order of their times. What repeats is drawn once.
 *
 * @returns an SVG that is part of a page, in the page's colours
 */
export function drawSequence(recording: Recording): string {
  const { participants, spans } = recording;
  const blocks = blocksOf(rowsOf(recording));
  const layout = placed(blocks);
  const pitch = (WIDTH - 2 * MARGIN - TIME_WIDTH) / participants.length;
  const columns = new Map(
    participants.map((name, index) => [name, MARGIN + TIME_WIDTH + (index + 0.5) * pitch]),
  );
  const xOf = (name: string) => columns.get(name) ?? MARGIN;
  const drawn = [
    ...layout.frames.map(drawFrame),
    ...participants.map((name) => drawLife(name, xOf(name), pitch, layout.bottom)),
    ...spans.flatMap((span) => drawBar(span, xOf(span.who), layout)),
    ...layout.rows.map((row) => drawRow(row, xOf)),
  ];
  const height = layout.bottom + MARGIN;
  return inPage(sheet({ width: WIDTH, height, ...wordsFor(recording, blocks) }, drawn));
}

function placed(blocks: readonly Block[]): Layout {
  const rows: Placed[] = [];
  const frames: Frame[] = [];
  const anchors: { at: number; y: number }[] = [];
  let y = MARGIN + HEAD_HEIGHT + 4;
  for (const { rows: own, times, until } of blocks) {
    const isRepeated = times > 1;
    const top = y + 0.75 * BLOCK_GAP;
    if (isRepeated) y += BLOCK_GAP;
    for (const row of own) {
      y += ROW_HEIGHT;
      rows.push({ row, y });
      anchors.push({ at: row.at, y });
    }
    if (!isRepeated) continue;
    y += BLOCK_GAP;
    anchors.push({ at: until, y });
    frames.push({ top, bottom: y, times });
  }
  const bottom = y + ROW_HEIGHT / 2;
  return { rows, frames, bottom, yOf: (at) => between(anchors, at, bottom) };
}

function between(anchors: readonly { at: number; y: number }[], at: number, bottom: number) {
  const exact = anchors.findLast((anchor) => anchor.at === at);
  if (exact) return exact.y;
  const before = anchors.findLast((anchor) => anchor.at < at);
  const after = anchors.find((anchor) => anchor.at > at);
  if (before === undefined || after === undefined) return (before ?? after)?.y ?? bottom;
  const part = (at - before.at) / (after.at - before.at);
  return before.y + part * (after.y - before.y);
}

function drawFrame({ top, bottom, times }: Frame): Svg {
  const box = { x: MARGIN, y: top, width: WIDTH - 2 * MARGIN, height: bottom - top, rx: 4 };
  const text = { x: WIDTH - MARGIN - 6, y: top + 15, 'text-anchor': 'end', fill: SOFT };
  return element('g', {}, [
    element('rect', { ...box, fill: 'none', stroke: RULE, 'stroke-dasharray': '4 3' }),
    element('text', text, [`× ${times}`]),
  ]);
}

function drawLife(name: string, x: number, pitch: number, bottom: number): Svg {
  const width = Math.min(pitch - 6, textWidth(name) + 20);
  const head = { x: x - width / 2, y: MARGIN, width, height: HEAD_HEIGHT - 4, rx: 4 };
  const line = { x1: x, x2: x, y1: MARGIN + HEAD_HEIGHT - 4, y2: bottom };
  const text = { x, y: MARGIN + 16, 'text-anchor': 'middle' };
  return element('g', {}, [
    element('line', { ...line, stroke: RULE, 'stroke-width': 1.5 }),
    element('rect', { ...head, fill: RAISED, stroke: SOFT }),
    element('text', text, [name]),
  ]);
}

function drawBar({ from, to }: Span, x: number, { yOf }: Layout): Svg[] {
  const [top, bottom] = [yOf(from), yOf(to)];
  if (bottom - top < LEAST_BAR_HEIGHT) return [];
  const box = { x: x - BAR_WIDTH / 2, y: top, width: BAR_WIDTH, height: bottom - top };
  return [element('rect', { ...box, fill: RAISED, stroke: SOFT })];
}

function drawRow({ row, y }: Placed, xOf: (name: string) => number): Svg {
  const time = element('text', { x: MARGIN, y: y + 4, fill: SOFT, 'font-size': 11 }, [
    seconds(row.at),
  ]);
  const { from, to } = row;
  if (from === undefined) return element('g', {}, [time, ...drawAcross(row, y)]);
  if (to === undefined) return element('g', {}, [time, drawNote(row, xOf(from), y)]);
  return element('g', {}, [time, ...drawArrow(row, xOf(from), xOf(to), y)]);
}

function drawAcross(row: Row, y: number): Svg[] {
  const [left, right] = [MARGIN + TIME_WIDTH, WIDTH - MARGIN];
  const x = (left + right) / 2;
  const half = textWidth(labelOf(row)) / 2 + 4;
  const dashes = { y1: y, y2: y, stroke: ACCENT, 'stroke-dasharray': '6 4' };
  return [
    // It may stand on a bar, whose edges would run through the word.
    element('rect', { x: x - half, y: y - 8, width: 2 * half, height: 16, fill: PAPER }),
    element('line', { x1: left, x2: x - half, ...dashes }),
    haloed({ x, y: y + 4, 'text-anchor': 'middle', fill: ACCENT }, labelOf(row)),
    element('line', { x1: x + half, x2: right, ...dashes }),
  ];
}

/** To the right of its participant, or to the left where there is no room. */
function drawNote(row: Row, x: number, y: number): Svg {
  const label = labelOf(row);
  const isLeft = x + 12 + textWidth(label) > WIDTH - MARGIN;
  const place = isLeft ? { x: x - 12, 'text-anchor': 'end' } : { x: x + 12 };
  return element('g', {}, [
    element('circle', { cx: x, cy: y, r: 3, fill: ACCENT }),
    haloed({ ...place, y: y + 4, fill: SOFT }, label),
  ]);
}

/** What a reader receives is a dashed arrow: it asked for it. */
function drawArrow(row: Row, fromX: number, toX: number, y: number): Svg[] {
  const way = Math.sign(toX - fromX);
  const [start, end] = [fromX + way * (BAR_WIDTH / 2), toX - way * (BAR_WIDTH / 2)];
  const dashes = row.offsets === undefined ? undefined : '5 3';
  const line = { x1: start, x2: end - way * 6, y1: y, y2: y, stroke: INK };
  const head = `M${end} ${y}l${-way * 8} -4v8z`;
  const middle = { x: (start + end) / 2, y: y - 6, 'text-anchor': 'middle' };
  return [
    element('line', { ...line, 'stroke-dasharray': dashes }),
    element('path', { d: head, fill: INK }),
    haloed(middle, labelOf(row)),
  ];
}

/** A text that can be read on top of lines. */
function haloed(place: Attributes, text: string): Svg {
  const halo = { stroke: PAPER, 'stroke-width': 3, 'paint-order': 'stroke' };
  return element('text', { ...place, ...halo, 'font-size': 12 }, [text]);
}

function wordsFor({ title }: Recording, blocks: readonly Block[]) {
  const sentences = blocks.map(({ rows, times }) => {
    const told = rows.map(inWords).join('; ');
    return times === 1 ? `${told}.` : `${times} times: ${told}.`;
  });
  return { title: `Who told whom: ${title}`, description: sentences.join(' ') };
}

function inWords(row: Row): string {
  const { at, from, to } = row;
  const label = labelOf(row);
  if (from === undefined) return `${seconds(at)}, ${label}`;
  return to === undefined
    ? `${seconds(at)}, ${from}: ${label}`
    : `${seconds(at)}, ${from} to ${to}: ${label}`;
}
