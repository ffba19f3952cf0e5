/** Where a reader is in a stream, and what it learns from the next page: no network, no clock. */
import { StreamError } from '../errors.js';
import type { Page } from '../log.js';

// #region cursor
/** A page together with what its host told about the whole log; an official host tells nothing. */
export interface ReadPage extends Page {
  /** The first offset that the log still holds. */
  base?: number;
  /** The offset that the next item will get. */
  end?: number;
  /** Names the log. */
  logId?: string;
}

/** Items that a reader will never see: from the first one up to, but without, the last offset. */
export interface Gap {
  from: number;
  to: number;
}

/** Where a reader is. */
export interface Cursor {
  /** The next offset wanted. */
  offset: number;
  /** Whether the offset is one to go on from, and not 0 for "wherever the log begins". */
  isFixed: boolean;
  /** What is known of the log: at least so many offsets are given out, and this is its name. */
  end: number;
  logId?: string;
}

/** Where a reader is after a page, and what was truncated before it. */
export interface Step {
  cursor: Cursor;
  gap?: Gap;
}

/** A reader that starts. */
export function startAt(offset: number): Cursor {
  return { offset, isFixed: offset > 0, end: 0 };
}
// #endregion cursor

// #region advance
/**
 * Moves over a page.
 *
 * @throws StreamError `StreamReset` when the page is from another log than those before
 */
export function advance(cursor: Cursor, page: ReadPage): Step {
  const { items, base, end, logId } = page;
  const isOther = logId !== undefined && cursor.logId !== undefined && logId !== cursor.logId;
  if (isOther || (end !== undefined && end < cursor.end)) throw reset(cursor);
  const next: Cursor = {
    offset: Math.max(page.next, cursor.offset),
    isFixed: cursor.isFixed || base !== undefined || page.next > 0,
    end: end ?? Math.max(cursor.end, (items.at(-1)?.offset ?? -1) + 1),
    logId: logId ?? cursor.logId,
  };
  // #region since-4
  // #region gap
  const gap = gapBefore(cursor, base);
  if (gap) return { cursor: next, gap };
  // #endregion gap
  // #endregion since-4
  return { cursor: next };
}

// #region since-4
// #region gap-before
/** What lies between where a reader is and where the log begins now. */
function gapBefore({ offset, isFixed }: Cursor, base: number | undefined): Gap | undefined {
  // An official host may not tell its base; and who asked for "wherever it begins" misses nothing.
  if (!isFixed || base === undefined || base <= offset) return undefined;
  return { from: offset, to: base };
}
// #endregion gap-before
// #endregion since-4

function reset({ end }: Cursor): StreamError {
  return new StreamError(
    'StreamReset',
    `The stream had reached offset ${end}, and another log took its place: the workflow continued ` +
      'as new without the state of its stream. Subscribe from 0 to read the new log.',
  );
}
// #endregion advance
