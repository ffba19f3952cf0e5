/** How far a part of the live book has come; `silent` when it was ready and does not answer any more. */
export type PartState = 'starting' | 'ready' | 'restarting' | 'silent' | 'failed';

/** What the live book knows about itself; told to every open page. */
export interface LiveState {
  server: { state: PartState; address?: string; uiUrl?: string };
  /** The worker of each scenario. One that is not here has yet to be started. */
  workers: Readonly<Record<string, PartState>>;
  /** Names one build of the pages. A page that was loaded with another one reloads itself. */
  build: string;
  /** Why the last build failed, and the pages are those of the build before; or what the book still lacks. */
  problem?: string;
}

/** The state of the live book, and whoever watches it. */
export interface Live {
  state(): LiveState;
  /** Replaces parts of the state and tells the watchers. */
  update(change: Partial<LiveState>): void;
  /** Replaces the state of one scenario's worker and tells the watchers. */
  updateWorker(scenario: string, state: PartState): void;
  /**
   * Yields the state now and after each change, until the signal aborts.
   *
   * A slow watcher skips to the newest state: only that one counts.
   */
  watch(signal: AbortSignal): AsyncGenerator<LiveState, void, void>;
}

/** Holds the state of a live book that has just begun to start. */
export function createLive(): Live {
  let state: LiveState = { server: { state: 'starting' }, workers: {}, build: '' };
  const wakeUps = new Set<() => void>();

  function update(change: Partial<LiveState>): void {
    state = { ...state, ...change };
    for (const wakeUp of [...wakeUps]) wakeUp();
  }

  return {
    state: () => state,
    update,
    updateWorker: (scenario, worker) =>
      update({ workers: { ...state.workers, [scenario]: worker } }),

    async *watch(signal) {
      while (!signal.aborted) {
        const seen = state;
        yield seen;
        // A change during the yield is not waited for: it has happened.
        if (state === seen && !signal.aborted) await changeOrAbort(wakeUps, signal);
      }
    },
  };
}

function changeOrAbort(wakeUps: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wakeUp = () => {
      wakeUps.delete(wakeUp);
      signal.removeEventListener('abort', wakeUp);
      resolve();
    };
    wakeUps.add(wakeUp);
    signal.addEventListener('abort', wakeUp);
  });
}
