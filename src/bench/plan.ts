/** How much of everything a bench does. */

/** Sizes of a run of the bench. */
export interface Plan {
  /** How often each side has its turn. */
  rounds: number;
  /** Items of which the latency is taken, in each turn. */
  items: number;
  /** Numbers of readers of one stream. */
  readers: readonly number[];
  /** Mean times between items, in milliseconds. */
  paces: readonly number[];
  /** Items that come at a slow pace. */
  calmItems: number;
  /** Readers behind one relay. */
  relayed: number;
  /** Items in a log that a reader catches up with. */
  backlogs: readonly number[];
  /** Batches that are sent one after another. */
  batches: number;
  /** Longest time that the codec is repeated for one value, in milliseconds. */
  codecMs: number;
  /** Items whose memory is measured. */
  remembered: number;
  /** Batch intervals, in milliseconds; 0 stands for an item at a time. */
  intervals: readonly number[];
  /** How long items flow for each interval at least, in milliseconds. */
  flowMs: number;
  /** Bytes of text in an item. */
  payloads: readonly number[];
}

/** The plan of `npm run bench`: about 16 minutes on two cores that have nothing else to do. */
export const FULL: Plan = {
  rounds: 3,
  items: 25,
  readers: [1, 8, 25, 100],
  paces: [50, 100, 200],
  calmItems: 20,
  relayed: 1_000,
  backlogs: [10_000, 100_000],
  batches: 200,
  codecMs: 100,
  remembered: 20_000,
  intervals: [0, 50, 100, 200, 500, 1_000, 2_000],
  flowMs: 2_000,
  payloads: [100, 1_000, 10_000],
};

/** The plan of `--quick`: whether everything works, and no figure to rely on. */
export const QUICK: Plan = {
  rounds: 2,
  items: 4,
  readers: [1, 2],
  paces: [50, 100],
  calmItems: 2,
  relayed: 20,
  backlogs: [500],
  batches: 5,
  codecMs: 5,
  remembered: 500,
  intervals: [0, 100],
  flowMs: 500,
  payloads: [100, 1_000],
};
