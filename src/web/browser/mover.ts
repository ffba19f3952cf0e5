import type { Knobs } from './wire.js';

/** Takes knobs as they are moved. */
export interface Mover {
  move(moved: Knobs): void;
  /** Forgets what has not been sent. */
  drop(): void;
}

/** Whoever holds an arrow key moves a knob thirty times a second, and means the last of them; in milliseconds. */
const STILL_MS = 300;

/**
 * Sends what was moved once the reader has held still for a moment. One request follows another, so that the last one
 * to arrive is the last one that was meant.
 *
 * @param send - sends it; must not reject
 */
export function createMover(send: (moved: Knobs) => Promise<void>): Mover {
  let pending: Knobs = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending = Promise.resolve();

  function flush(): void {
    const moved = pending;
    pending = {};
    sending = sending.then(() => send(moved));
  }

  return {
    move(moved) {
      pending = { ...pending, ...moved };
      clearTimeout(timer);
      timer = setTimeout(flush, STILL_MS);
    },
    drop() {
      clearTimeout(timer);
      pending = {};
    },
  };
}
