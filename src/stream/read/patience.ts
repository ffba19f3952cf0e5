/**
 * How long to wait for the answer to a query. Some are never answered: a worker drops those that reach
 * it while it ends the run ("leftover buffered tasks when evicting run"). And some the server refuses,
 * since it keeps only one for a workflow task that is under way (`history.maxBufferedQueryCount`);
 * the client's own connection then asks again after one to two seconds, where it would be answered
 * after a few milliseconds. So a query that takes much longer than others did is given up and repeated.
 */

/** For the first query, in milliseconds, while nothing is known of the worker. */
const FIRST = 1_000;
/** Limits of what is learned from earlier queries, in milliseconds. */
const SHORTEST = 100;
const LONGEST = 2_000;
/** How many times as long as usual a query may take. */
const TIMES = 10;

/**
 * For a worker to replay a closed run, in milliseconds. Measured on a machine with nothing else to do,
 * an event takes a third of one; to give up too soon would make the worker do it all again.
 */
const REPLAY_START = 2_000;
const REPLAY_PER_EVENT = 5;

/** However often a query is repeated, in milliseconds. */
const LONGEST_OF_ALL = 60_000;

/** Learns how long the queries of a run take. */
export class Patience {
  private usual: number | undefined;

  /** A query was answered after so many milliseconds. */
  learn(duration: number): void {
    this.usual = this.usual === undefined ? duration : this.usual * 0.8 + duration * 0.2;
  }

  /**
   * How long a try may take, in milliseconds: each one twice as long as the one before.
   *
   * @param attempt - its number, from 1
   * @param replayed - how many events the worker has to replay for it
   */
  deadline(attempt: number, replayed = 0): number {
    const open =
      this.usual === undefined ? FIRST : Math.min(Math.max(this.usual * TIMES, SHORTEST), LONGEST);
    const first = replayed > 0 ? REPLAY_START + replayed * REPLAY_PER_EVENT : open;
    return Math.min(first * 2 ** (attempt - 1), LONGEST_OF_ALL);
  }
}
