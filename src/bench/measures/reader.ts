/** A reader that notes when it got what. */
import { setTimeout as pause } from 'node:timers/promises';
import type { End } from '../ends.js';

/** An item as the bench publishes it. */
interface Sent {
  n: number;
  /** When it was published, by the clock of this process. */
  at: number;
}

/**
 * Most seconds that readers may take to get something. The SDK repeats a call for which the server has
 * no room (RESOURCE_EXHAUSTED) after a second, and then later and later.
 */
const PATIENCE_SECONDS = 15;

/** Reads from the start, and expects every item once. */
export class Reader {
  /** From publish to receive, by the numbers of the items, in milliseconds. */
  readonly latencies: number[] = [];
  private readonly ended: Promise<never>;
  private wake = (): void => {};

  constructor(end: End) {
    this.ended = this.follow(end);
    // Told to whoever waits for an item.
    this.ended.catch(() => {});
  }

  private async follow(end: End): Promise<never> {
    for await (const value of end.read(0)) {
      const { n, at } = value as Sent;
      const next = this.latencies.length;
      if (n !== next) throw new Error(`a reader got item ${n} instead of ${next}`);
      this.latencies.push(performance.now() - at);
      this.wake();
    }
    throw new Error(`a reader ended after ${this.latencies.length} items`);
  }

  /** Resolves when it has so many items. @throws what ended it before */
  has(count: number): Promise<void> {
    const here = new Promise<void>((resolve) => {
      this.wake = () => {
        if (this.latencies.length >= count) resolve();
      };
      this.wake();
    });
    return Promise.race([here, this.ended]);
  }
}

/** Resolves when every reader has so many items. @throws Error when they do not get them in time */
export async function allHave(readers: readonly Reader[], count: number): Promise<void> {
  const patience = new AbortController();
  const late = pause(PATIENCE_SECONDS * 1_000, undefined, { signal: patience.signal });
  const tooLate = late.then(() => {
    const behind = readers.filter(({ latencies }) => latencies.length < count).length;
    const time = `${PATIENCE_SECONDS} s`;
    throw new Error(`${behind} of ${readers.length} readers lacked items after ${time}`);
  });
  // Called off below.
  tooLate.catch(() => {});
  try {
    await Promise.race([Promise.all(readers.map((reader) => reader.has(count))), tooLate]);
  } finally {
    patience.abort();
  }
}
