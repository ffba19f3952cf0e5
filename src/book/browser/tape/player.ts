import { momentAfter } from './moments.js';

/** A time that runs when it is let, as fast as it is told, up to an end. */
export interface Player {
  play(): void;
  pause(): void;
  /** Stops, and goes to a time. */
  goTo(at: number): void;
  readonly at: number;
  readonly isPlaying: boolean;
  /** How many milliseconds pass in one. */
  speed: number;
}

/** What a player needs to know. */
export interface PlayerOptions {
  /** Milliseconds, ascending; the last one is the end. */
  moments: readonly number[];
  /** Whether nothing is to move by itself: then playing goes from one moment to the next. */
  isStill(): boolean;
  /** Is told of every change, of the time and of whether it runs. */
  onChange(): void;
}

/** How long a moment is shown where nothing is to move, in milliseconds at the ordinary speed. */
const STILL_MS = 1_000;

/** Makes a player that stands at its end. */
export function createPlayer({ moments, isStill, onChange }: PlayerOptions): Player {
  const end = moments.at(-1) ?? 0;
  let at = end;
  let isPlaying = false;
  let cancel = (): void => {};

  const frame = (last: number): void => {
    const id = requestAnimationFrame((now) => tick(at + (now - last) * player.speed, now));
    cancel = () => cancelAnimationFrame(id);
  };
  const still = (): void => {
    const next = () => tick(momentAfter(moments, at), performance.now());
    const id = setTimeout(next, STILL_MS / player.speed);
    cancel = () => clearTimeout(id);
  };
  const tick = (to: number, now: number): void => {
    at = Math.min(end, Math.max(0, to));
    isPlaying = at < end;
    if (isPlaying) schedule(now);
    onChange();
  };
  const schedule = (now: number) => (isStill() ? still() : frame(now));

  const player: Player = {
    speed: 1,
    play() {
      cancel();
      if (at >= end) at = 0;
      isPlaying = true;
      schedule(performance.now());
      onChange();
    },
    pause() {
      cancel();
      isPlaying = false;
      onChange();
    },
    goTo(to) {
      cancel();
      isPlaying = false;
      at = Math.min(end, Math.max(0, to));
      onChange();
    },
    get at() {
      return at;
    },
    get isPlaying() {
      return isPlaying;
    },
  };
  return player;
}
