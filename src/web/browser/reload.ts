import { followEvents } from '../../stream/sse/follow-events.js';
import { readHealth } from './api.js';
import { LONGEST_RETRY_MS, takeConnection } from './connections.js';
import { whileVisible } from './visible.js';
import type { LiveState } from './wire.js';

/** Between two questions of a page that has no connection for a stream of answers, in milliseconds. */
const ASK_EACH_MS = 3_000;

/**
 * Follows the live book: reloads the page when the pages were built anew, and tells every other change.
 *
 * The connection is open only while the page is in sight, since browsers allow six to one address over all tabs. What
 * a hidden page missed it learns when it is looked at again; one that gets no connection asks now and then.
 *
 * @param loadedBuild - the build that this page belongs to
 * @param onState - told of the state now and after each change; `undefined` when the live book does not answer
 */
export function followBook(
  loadedBuild: string,
  onState: (state: LiveState | undefined) => void,
): void {
  function tell(state: LiveState | undefined): void {
    // A book that is just starting has no build yet; what it serves until then is from last time.
    if (!state || state.build === loadedBuild || state.build === '') onState(state);
    else location.reload();
  }

  async function follow(signal: AbortSignal): Promise<void> {
    let asking: ReturnType<typeof setInterval> | undefined;
    const askNow = async () => {
      const state = await readHealth();
      if (!signal.aborted && asking !== undefined) tell(state);
    };
    const askInstead = () => {
      asking = setInterval(askNow, ASK_EACH_MS);
      void askNow();
    };
    const stopAsking = () => {
      clearInterval(asking);
      asking = undefined;
    };
    signal.addEventListener('abort', stopAsking);
    const release = await takeConnection(signal, askInstead);
    stopAsking();
    try {
      const onWaiting = (state: 'open' | 'waiting') => state === 'waiting' && tell(undefined);
      const options = { signal, onState: onWaiting, longestRetryMs: LONGEST_RETRY_MS };
      for await (const { data } of followEvents('/api/live', options)) tell(JSON.parse(data));
    } finally {
      release();
    }
  }

  whileVisible((signal) => {
    follow(signal).catch(() => {
      if (!signal.aborted) onState(undefined);
    });
  });
}
