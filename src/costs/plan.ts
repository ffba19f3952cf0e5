/** What somebody plans to do with a stream, and what makes no sense to plan. */

// #region plan
/** How readers wait for news: quietly; by an update on our host; or as the official client, on its own host. */
export type Wait = 'quiet' | 'update' | 'official';

/** A stream as it is planned: one publisher, one workflow, some readers. */
export interface Plan {
  /** Longest time that an item waits to be sent with others, in milliseconds: `batchInterval`. @defaultValue 200 */
  intervalMs: number;
  /** Items published in a second. @defaultValue 20 */
  itemsPerSecond: number;
  /** The JSON of one of them, in bytes. @defaultValue 60 */
  itemBytes: number;
  /** How many read, from the first item to the last. @defaultValue 1 */
  readers: number;
  /** @defaultValue 'quiet' */
  wait: Wait;
  /** Processes that read for all the readers in them; 0 when each reader asks for itself. @defaultValue 0 */
  relays: number;
  /** How long it goes on, in seconds. @defaultValue 600 */
  seconds: number;
  /** Items that the log keeps: `retain`. @defaultValue all */
  keepItems: number;
}
// #endregion plan

const DEFAULTS: Plan = {
  intervalMs: 200,
  itemsPerSecond: 20,
  itemBytes: 60,
  readers: 1,
  wait: 'quiet',
  relays: 0,
  seconds: 600,
  keepItems: Number.POSITIVE_INFINITY,
};

const WAITS: readonly Wait[] = ['quiet', 'update', 'official'];

/** The smallest and the largest value of each number; whole numbers where things are counted. */
const RANGES: Readonly<Record<keyof Omit<Plan, 'wait'>, Range>> = {
  intervalMs: { least: 1, most: 86_400_000 },
  itemsPerSecond: { least: 0.000_1, most: 1_000_000 },
  itemBytes: { least: 1, most: 1e9, isWhole: true },
  readers: { least: 0, most: 1_000_000, isWhole: true },
  relays: { least: 0, most: 1_000_000, isWhole: true },
  seconds: { least: 1, most: 1e9 },
  keepItems: { least: 1, most: Number.POSITIVE_INFINITY },
};

interface Range {
  least: number;
  most: number;
  isWhole?: boolean;
}

/**
 * Fills in the defaults and checks the rest.
 *
 * @throws RangeError for the first value that makes no sense
 */
export function planOf(given: Partial<Plan> = {}): Plan {
  const plan = { ...DEFAULTS, ...given };
  for (const name of Object.keys(RANGES) as (keyof typeof RANGES)[]) {
    const { least, most, isWhole = false } = RANGES[name];
    const value = plan[name];
    if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) continue;
    const kind = isWhole ? 'a whole number' : 'a number';
    throw new RangeError(`${name} must be ${kind} from ${least} to ${most}, not ${value}.`);
  }
  if (!WAITS.includes(plan.wait)) {
    throw new RangeError(`wait must be one of ${WAITS.join(', ')}, not "${plan.wait}".`);
  }
  return plan;
}
