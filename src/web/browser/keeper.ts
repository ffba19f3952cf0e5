import type { Told } from './told.js';

/** What a tab has kept of the run that it showed last. */
export interface Kept {
  /** The run's id. */
  id: string;
  /** What was drawn of it; unchecked. */
  told: unknown;
}

/** Keeps the run that a panel shows, for the same tab after a refresh. */
export interface Keeper {
  /** What was kept, if anything was. */
  read(): Kept | undefined;
  /** Keeps another run from now on, of which this was drawn. */
  begin(id: string, told: readonly Told[]): void;
  add(one: Told): void;
  /** Keeps nothing any more. */
  drop(): void;
}

/**
 * In characters. A browser allows a tab some five million for all that it keeps. A run that is longer is read from its
 * beginning after a refresh.
 */
const MOST_CHARACTERS = 500_000;

/** The longest time for which what was drawn is not kept, in milliseconds, should the tab crash. */
const LATEST_MS = 1_000;

/** @param key - in the tab's storage */
export function openKeeper(key: string): Keeper {
  let id: string | undefined;
  let told: Told[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    if (id === undefined) return;
    const whole = JSON.stringify({ id, told });
    try {
      sessionStorage.setItem(key, whole.length > MOST_CHARACTERS ? JSON.stringify({ id }) : whole);
    } catch {
      // The tab's storage is full, or none is allowed: what is there is of an earlier moment, or nothing.
    }
  }

  addEventListener('pagehide', write);
  return {
    read() {
      try {
        const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '');
        if (typeof kept !== 'object' || kept === null || !('id' in kept)) return undefined;
        return typeof kept.id === 'string' ? { told: undefined, ...kept, id: kept.id } : undefined;
      } catch {
        return undefined;
      }
    },
    begin(begun, drawn) {
      id = begun;
      told = [...drawn];
      write();
    },
    add(one) {
      told.push(one);
      // Not at each: all of it is written again.
      timer ??= setTimeout(write, LATEST_MS);
    },
    drop() {
      id = undefined;
      sessionStorage.removeItem(key);
    },
  };
}
