import type { Ending, ShipmentInput } from './events.js';

/** The smallest and the largest value that an option may have. */
export type Range = readonly [least: number, most: number];

/** What the options may be; times are in milliseconds. */
export const RANGES = {
  notices: [2, 10_000],
  ms: [1, 60_000],
  readers: [1, 100],
} as const satisfies Record<string, Range>;

/**
 * Checks what a shipment is to do.
 *
 * @throws RangeError for the first number that is not a whole one in its range
 */
export function shipmentInput(input: ShipmentInput): ShipmentInput {
  const numbers = { notices: input.notices, ...numbersOf(input.ending) };
  for (const [name, value] of Object.entries(numbers)) {
    const mistake = mistakeIn(name, value, RANGES[name as keyof typeof RANGES]);
    if (mistake) throw new RangeError(mistake);
  }
  return input;
}

function numbersOf({ by: _, ...numbers }: Ending): Record<string, number> {
  return numbers;
}

/**
 * Says what is wrong with a number, if anything is.
 *
 * @param name - what the person who set it calls it
 */
export function mistakeIn(name: string, value: number, [least, most]: Range): string | undefined {
  if (Number.isInteger(value) && value >= least && value <= most) return undefined;
  return `${name} must be a whole number from ${least} to ${most}, not ${value}.`;
}
