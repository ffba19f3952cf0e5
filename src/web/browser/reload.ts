import type { LiveState } from './wire.js';

/**
 * Follows the live book: reloads the page when the pages were built anew, and tells every other change.
 *
 * The connection is open only while the page is in sight, since browsers allow six to one address over all tabs. What
 * a hidden page missed it learns when it is looked at again.
 *
 * @param loadedBuild - the build that this page belongs to
 * @param onState - told of the state now and after each change; `undefined` when the live book does not answer
 */
export function followBook(
  loadedBuild: string,
  onState: (state: LiveState | undefined) => void,
): void {
  let source: EventSource | undefined;

  function connect(): void {
    source = new EventSource('/api/live');
    source.addEventListener('state', ({ data }) => {
      const state: LiveState = JSON.parse(data);
      // A book that is just starting has no build yet; what it serves until then is from last time.
      if (state.build === loadedBuild || state.build === '') onState(state);
      else location.reload();
    });
    source.addEventListener('error', () => onState(undefined));
  }

  function connectWhileVisible(): void {
    source?.close();
    if (document.visibilityState === 'visible') connect();
  }

  document.addEventListener('visibilitychange', connectWhileVisible);
  connectWhileVisible();
}
