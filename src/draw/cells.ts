/** The parts of which a tape is put together. Lengths are in pixels. */
import type { Slot } from './slots.js';
import { ACCENT, element, HATCHING, INK, RAISED, RULE, SOFT, type Svg, textWidth } from './svg.js';

export const CELL_WIDTH = 40;
export const CELL_HEIGHT = 36;
export const PITCH = CELL_WIDTH + 2;
/** Above the cells, for the word at the base. */
export const HEAD_HEIGHT = 20;
export const CARET_HEIGHT = 16;
/** A line below the cells for each reader's name. */
export const LANE_HEIGHT = 20;
/** Between two lines of hatching. */
const HATCH_PITCH = 8;

/** A place with where it stands. */
export interface Placed extends Slot {
  x: number;
  width: number;
}

/** Draws a place. @param colour - of its topic */
function drawSlot({ from, to, kind, x, width, isPale }: Placed, y: number, colour = SOFT): Svg {
  const box = { x: x + 1, y: y + 1, width: width - 2, height: CELL_HEIGHT - 2 };
  const isLeft = kind === 'item' || kind === 'other';
  const isFirm = kind === 'item' && !isPale;
  const frame = element('rect', {
    ...box,
    fill: isLeft && !isPale ? RAISED : 'none',
    stroke: kind === 'item' ? colour : kind === 'coming' ? RULE : SOFT,
    'stroke-width': isFirm ? 2 : 1,
    'stroke-dasharray': isLeft ? undefined : '3 3',
  });
  const label = to - from > 1 ? `${from}–${to - 1}` : `${from}`;
  const text = {
    x: x + width / 2,
    y: y + CELL_HEIGHT / 2 + 4.5,
    'text-anchor': 'middle',
    fill: isFirm ? INK : SOFT,
  };
  const parts = [frame];
  if (kind === 'dropped') parts.push(hatched(box));
  if (kind !== 'coming') parts.push(element('text', text, [label]));
  return element('g', {}, parts);
}

/** Lines across a box. No pattern with an id: several drawings may stand on one page. */
function hatched(box: { x: number; y: number; width: number; height: number }): Svg {
  const { x, y, width, height } = box;
  let d = '';
  for (let sum = HATCH_PITCH; sum < width + height; sum += HATCH_PITCH) {
    const [fromX, toX] = [Math.max(0, sum - height), Math.min(width, sum)];
    d += `M${x + fromX} ${y + sum - fromX}L${x + toX} ${y + sum - toX}`;
  }
  return element('path', { d, stroke: HATCHING, 'stroke-width': 1.2, fill: 'none' });
}

/** The edge of the log: what was before it is forgotten. */
function drawBase(base: number, x: number, y: number): Svg {
  const edge = { x: x - 4, y: y - 5, width: 3, height: CELL_HEIGHT + 10, fill: ACCENT };
  const word = { x: x - 4, y: y - 9, fill: ACCENT, 'font-size': 12 };
  return element('g', {}, [element('rect', edge), element('text', word, [`base ${base}`])]);
}

/** Where the next item goes, behind the last cell. */
function drawNext(next: number, end: number, y: number): Svg {
  const middle = y + CELL_HEIGHT / 2;
  const line = { x1: end + 6, x2: end + 24, y1: middle, y2: middle, stroke: SOFT };
  return element('g', {}, [
    element('line', { ...line, 'stroke-dasharray': '3 3' }),
    element('text', { x: end + 30, y: middle + 4, fill: SOFT }, [`next ${next}`]),
  ]);
}

/** How much room {@link drawNext} takes. */
export function nextWidth(next: number): number {
  return 36 + textWidth(`next ${next}`);
}

/** A reader, under the cell that it wants next. */
export interface Caret {
  name: string;
  x: number;
  colour: string;
  isAway?: boolean;
}

/** Draws a reader's caret, hollow while it is away. @param lane - how many names are above its own */
function drawCaret({ name, x, colour, isAway }: Caret, y: number, lane: number): Svg {
  const bottom = y + CARET_HEIGHT + lane * LANE_HEIGHT;
  const label = { x: x + 8, y: bottom + 4, fill: colour };
  const fill = isAway ? 'none' : colour;
  return element('g', {}, [
    element('path', { d: `M${x} ${y}l5 9h-10z`, fill, stroke: isAway ? colour : undefined }),
    element('path', { d: `M${x} ${y + 9}V${bottom}h5`, fill: 'none', stroke: colour }),
    element('text', label, [nameOf({ name, isAway })]),
  ]);
}

/** What stands beside a caret. */
export function nameOf({ name, isAway }: Pick<Caret, 'name' | 'isAway'>): string {
  return isAway ? `${name}, away` : name;
}

/** Carets under one cell stand beside each other. From the right to the left, so that no line crosses a name. */
export function spread(carets: Caret[]): void {
  carets.sort((a, b) => b.x - a.x);
  for (const x of new Set(carets.map((caret) => caret.x))) {
    const same = carets.filter((caret) => caret.x === x);
    same.forEach((caret, index) => {
      caret.x = x + ((same.length - 1) / 2 - index) * 11;
    });
  }
}

/** A row of a tape, with where everything of it stands. */
export interface TapeRow {
  slots: readonly Placed[];
  carets: readonly Caret[];
  /** Right end of the cells. */
  end: number;
  isLast: boolean;
}

/** Of a log, what its rows show beside their cells. */
export interface TapeEdges {
  base: number;
  /** The offset of the next item. */
  next: number;
  /** The first offset that has no place on the tape. */
  beyond: number;
}

/** Draws a row. @param top - of the room for the word at the base */
export function drawRow(
  { slots, carets, end, isLast }: TapeRow,
  { base, next, beyond }: TapeEdges,
  colours: ReadonlyMap<string, string>,
  top: number,
): Svg {
  const y = top + HEAD_HEIGHT;
  const drawn = slots.map((slot) => drawSlot(slot, y, colours.get(slot.topic ?? '')));
  const first = slots.find(({ from }) => from === base);
  // A log of which nothing is left has its base behind the last cell.
  if (first !== undefined || (isLast && base === beyond)) {
    drawn.push(drawBase(base, first?.x ?? end, y));
  }
  if (isLast) drawn.push(drawNext(next, end, y));
  carets.forEach((caret, lane) => {
    drawn.push(drawCaret(caret, y + CELL_HEIGHT + 4, lane));
  });
  return element('g', {}, drawn);
}

/** The topics with their colours, and what the hatching means. */
export function drawLegend(
  colours: ReadonlyMap<string, string>,
  hasDropped: boolean,
  margin: number,
): { svg: Svg; width: number } {
  const drawn: Svg[] = [];
  let x = margin;
  const entry = (name: string, stroke: string, isHatched = false) => {
    const swatch = { x, y: margin, width: 12, height: 12 };
    const fill = isHatched ? 'none' : RAISED;
    drawn.push(element('rect', { ...swatch, fill, stroke, 'stroke-width': 2 }));
    if (isHatched) drawn.push(hatched(swatch));
    drawn.push(element('text', { x: x + 20, y: margin + 11 }, [name]));
    x += 20 + textWidth(name) + 20;
  };
  for (const [topic, colour] of colours) entry(topic, colour);
  if (hasDropped) entry('dropped', SOFT, true);
  return { svg: element('g', {}, drawn), width: x };
}
