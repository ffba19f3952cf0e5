/** What may be typed after `npm run rollover --`. */
import { parseArgs } from 'node:util';
import { INSTRUMENTS } from './instruments.js';

export const USAGE = `Usage: npm run rollover [-- options]

It starts a Temporal server of its own, since others suggest a new run after 4,096 events only.

  --volumes N       volumes of the logbook, that is, runs of the workflow (4)
  --events N        events of history after which the server suggests a new run (80)
  --instruments N   programs that report, up to ${INSTRUMENTS.length} (3)
  --pause MS        time from one reading of an instrument to its next (100)
  --keep N          items that the log keeps; 0 is all (0)`;

/** The value of an option that is not given, and the smallest and the largest that it may have. */
const OPTIONS = {
  volumes: [4, 1, 100],
  events: [80, 20, 10_000],
  instruments: [3, 1, INSTRUMENTS.length],
  pause: [100, 20, 60_000],
  keep: [0, 0, 10_000],
} as const satisfies Record<string, readonly [fallback: number, least: number, most: number]>;

const text = { type: 'string' } as const;

/**
 * Reads the command line.
 *
 * @param args - what was typed after `npm run rollover --`
 * @throws RangeError for anything but a whole number in its range
 * @throws TypeError of `parseArgs` for an option that there is not
 */
export function readOptions(args: string[]): Record<keyof typeof OPTIONS, number> {
  const options = { volumes: text, events: text, instruments: text, pause: text, keep: text };
  const { values } = parseArgs({ args, options });
  const read = (name: keyof typeof OPTIONS): number => {
    const [fallback, least, most] = OPTIONS[name];
    const given = values[name] ?? String(fallback);
    const value = Number(given);
    if (/^\d+$/.test(given) && value >= least && value <= most) return value;
    throw new RangeError(
      `--${name} must be a whole number from ${least} to ${most}, not "${given}".`,
    );
  };
  return {
    volumes: read('volumes'),
    events: read('events'),
    instruments: read('instruments'),
    pause: read('pause'),
    keep: read('keep'),
  };
}
