/** The left column of the terminal: how far a reader has got, and how much waits for it. */
import wrapAnsi from 'wrap-ansi';

/** Where a reader is, and where the stream is. */
export interface Backlog {
  /** Items that the reader is done with. */
  processed: number;
  /** Items that the stream has. */
  available: number;
}

/** Digits for a number: a pipeline has a few dozen items. */
const WIDTH = 4;
const SEPARATOR = ' │ ';
/** Narrower than this, in characters, text beside the column is left to the terminal. */
const NARROWEST = 20;

/** Names the numbers of {@link statusColumn}. */
export const STATUS_HEADER = `${row('proc', 'avail', 'pend')}${SEPARATOR}`.trimEnd();

/** Items that wait for the reader. What was read is there, even if nobody has counted it yet. */
export function pendingOf({ processed, available }: Backlog): number {
  return Math.max(0, available - processed);
}

/** The column: processed, available, pending. */
export function statusColumn(backlog: Backlog): string {
  const { processed } = backlog;
  const pending = pendingOf(backlog);
  return row(`${processed}`, `${processed + pending}`, `${pending}`);
}

/**
 * Text beside the column, which stays to the left of it when the text takes several lines.
 *
 * @param columns - width of the terminal in characters; undefined for a pipe or a file, where no line is broken
 */
export function besideStatus(backlog: Backlog, text: string, columns?: number): string {
  const column = `${statusColumn(backlog)}${SEPARATOR}`;
  const room = columns === undefined ? 0 : columns - column.length;
  if (room < NARROWEST) return `${column}${text}`.trimEnd();
  const indent = `${' '.repeat(column.length - SEPARATOR.length)}${SEPARATOR}`;
  const lines = wrapAnsi(text, room, { hard: true, trim: false }).split('\n');
  return lines
    .map((line, index) =>
      (index === 0 ? `${column}${line}` : `${indent}${line.trimStart()}`).trimEnd(),
    )
    .join('\n');
}

function row(processed: string, available: string, pending: string): string {
  const cells = [processed.padStart(WIDTH), available.padStart(WIDTH + 1), pending.padStart(WIDTH)];
  return cells.join(' / ');
}
