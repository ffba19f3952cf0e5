import type { PartState } from './live.js';

/** Options of {@link watchServer}. */
export interface WatchOptions {
  /** Asks the server for anything; rejects when it does not answer. */
  ask(): Promise<unknown>;
  /** Told when it does not answer any more, and when it does again. */
  onState(state: PartState): void;
  /** Waits; rejects when the signal aborts. */
  wait(delayMs: number, signal: AbortSignal): Promise<void>;
  /** Ends the watch. */
  signal: AbortSignal;
}

/** Between two questions, in milliseconds: a call that costs nothing, and a reader looks up after a few seconds. */
const EVERY_MS = 2_000;

/**
 * Tells whether a server that has answered still does. Streams and workers wait for one that is away by themselves;
 * but a run cannot be started, so the pages should say so before somebody tries.
 */
export async function watchServer({ ask, onState, wait, signal }: WatchOptions): Promise<void> {
  for (let told: PartState = 'ready'; ; ) {
    await wait(EVERY_MS, signal).catch(() => {});
    if (signal.aborted) return;
    const state = await ask().then(
      () => 'ready' as const,
      () => 'silent' as const,
    );
    if (signal.aborted) return;
    if (state !== told) onState(state);
    told = state;
  }
}
