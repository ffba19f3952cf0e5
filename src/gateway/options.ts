/** What may be typed after `npm run gateway --`. */
import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run gateway [-- options]

A script answers a question, and readers get it over a line that is cut at random, from a gateway that
is replaced by another half-way.

  --readers N   how many read, each over connections of its own (3)
  --seed N      which chance (1)
  --kilobytes N a connection is cut after so many at most (8)`;

/** The value of an option that is not given, and the smallest and the largest that it may have. */
const OPTIONS = {
  readers: [3, 1, 200],
  seed: [1, 0, 2 ** 31 - 1],
  kilobytes: [8, 2, 1_000],
} as const satisfies Record<string, readonly [fallback: number, least: number, most: number]>;

const text = { type: 'string' } as const;

/**
 * Reads the command line.
 *
 * @param args - what was typed after `npm run gateway --`
 * @throws RangeError for anything but a whole number in its range
 * @throws TypeError of `parseArgs` for an option that there is not
 */
export function readOptions(args: string[]): Record<keyof typeof OPTIONS, number> {
  const { values } = parseArgs({ args, options: { readers: text, seed: text, kilobytes: text } });
  const read = (name: keyof typeof OPTIONS): number => {
    const [fallback, least, most] = OPTIONS[name];
    const given = values[name] ?? String(fallback);
    const value = Number(given);
    if (/^\d+$/.test(given) && value >= least && value <= most) return value;
    throw new RangeError(
      `--${name} must be a whole number from ${least} to ${most}, not "${given}".`,
    );
  };
  return { readers: read('readers'), seed: read('seed'), kilobytes: read('kilobytes') };
}
