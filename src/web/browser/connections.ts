/**
 * Browsers keep six HTTP/1.1 connections to one address, over all tabs and windows. Streams hold theirs for minutes, so
 * they get five: the sixth is for pages, runs and buttons, which would otherwise wait without a word.
 */
const MOST_STREAMS = 5;

/** Between two tries at a connection, in milliseconds: the book is on this machine, so that they cost nothing. */
export const LONGEST_RETRY_MS = 2_000;

/** One lock for each; a tab that is closed or crashes gives its locks back. */
const NAMES = Array.from({ length: MOST_STREAMS }, (_, index) => `streambook:stream:${index}`);

/**
 * Waits until this page may hold one more connection open.
 *
 * @param signal - gives up
 * @param onHeldUp - told when other tabs have all of them, so that it takes as long as they like
 * @returns gives the connection back
 * @throws the reason of the signal
 */
export async function takeConnection(
  signal: AbortSignal,
  onHeldUp: () => void = () => {},
): Promise<() => void> {
  // Every browser of today has them; in an older one nothing is limited, and nothing told.
  if (!('locks' in navigator)) return () => {};
  for (const name of NAMES) {
    const release = await lockNow(name);
    if (!release) continue;
    if (signal.aborted) release();
    signal.throwIfAborted();
    return release;
  }
  onHeldUp();
  return await lockAny(signal);
}

function lockNow(name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const hold = (lock: Lock | null) =>
      lock === null ? resolve(undefined) : new Promise<void>((release) => resolve(release));
    navigator.locks.request(name, { ifAvailable: true }, hold).catch(reject);
  });
}

/** Stands in every queue, and leaves the others when it has come to the head of one. */
function lockAny(signal: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const queueing = new AbortController();
    const giveUp = () => {
      queueing.abort();
      reject(signal.reason);
    };
    const hold = () => {
      // Two queues may come to their ends at the same moment.
      if (queueing.signal.aborted) return;
      queueing.abort();
      signal.removeEventListener('abort', giveUp);
      return new Promise<void>((release) => resolve(release));
    };
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp);
    for (const name of NAMES) {
      // Rejected in the queues that were left.
      navigator.locks.request(name, { signal: queueing.signal }, hold).catch(() => {});
    }
  });
}
