/** Where a browser goes on. */
// #region since-9
import { StreamError } from '../errors.js';

// #region resume
/**
 * The first offset that a request wants.
 *
 * A browser that reconnects repeats the address it was given, `?from=` included, and adds `Last-Event-ID`;
 * so the header, which is news, wins over the query, which is history.
 *
 * @param request - `Last-Event-ID` is the last offset that arrived, so the next one is wanted; `from` is the
 *   first one wanted
 * @returns 0 when neither is given
 * @throws StreamError `InvalidOffset` when the one that counts is not an offset
 */
export function resumeOffset(request: Request): number {
  const lastEventId = request.headers.get('Last-Event-ID');
  if (lastEventId) return readOffset('Last-Event-ID', lastEventId) + 1;
  const from = new URL(request.url).searchParams.get('from');
  return from ? readOffset('from', from) : 0;
}

function readOffset(name: string, text: string): number {
  const offset = Number(text);
  // The next one has to be exact too.
  if (/^\d+$/.test(text) && Number.isSafeInteger(offset + 1)) return offset;
  throw new StreamError('InvalidOffset', `${name} must be an offset: a whole number, 0 or more.`);
}
// #endregion resume
// #endregion since-9
