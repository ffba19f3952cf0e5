/** Two readers side by side on a terminal: one on the left, one on the right. */
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Between the lanes. */
const RULE = ' │ ';

/** The narrowest lane in which a jump of three digits fits on one line; two fit into 80 columns. */
const NARROWEST_LANE = 38;

/** Wider than that, the right lane would be far from the left one. */
const WIDEST_LANE = 50;

/** Who says something: the lane on the left or the one on the right. */
export type Side = 'left' | 'right';

/** Puts what is said on either side, or on both at once, into lines of a terminal. */
export type Lanes = (said: Partial<Record<Side, string>>) => string[];

/**
 * Chooses the lanes for a terminal. Where two have no room, there is one, and each line begins with the
 * name of who says it.
 *
 * @param columns - width of the terminal, in columns
 * @param names - of the left and of the right lane
 */
export function lanesFor(columns: number, names: Record<Side, string>): Lanes {
  const room = Math.floor((columns - stringWidth(RULE)) / 2);
  return room < NARROWEST_LANE ? oneLane(columns, names) : twoLanes(Math.min(room, WIDEST_LANE));
}

function twoLanes(width: number): Lanes {
  return ({ left = '', right = '' }) => {
    const [lefts, rights] = [wrapped(left, width), wrapped(right, width)];
    const rows = Math.max(lefts.length, rights.length);
    return Array.from({ length: rows }, (_, row) =>
      `${padded(lefts[row] ?? '', width)}${RULE}${rights[row] ?? ''}`.trimEnd(),
    );
  };
}

function oneLane(columns: number, names: Record<Side, string>): Lanes {
  const margin = Math.max(stringWidth(names.left), stringWidth(names.right));
  const width = Math.max(columns - margin - stringWidth(RULE), 1);
  const lines = (side: Side, text: string): string[] =>
    wrapped(text, width).map((line) => `${padded(names[side], margin)}${RULE}${line}`);
  return ({ left, right }) => [
    ...(left === undefined ? [] : lines('left', left)),
    ...(right === undefined ? [] : lines('right', right)),
  ];
}

function wrapped(text: string, width: number): string[] {
  return wrapAnsi(text, width, { hard: true }).split('\n');
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - stringWidth(text), 0));
}
