const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000, '': 1 };

/**
 * Reads a time as `200ms`, `2s` or `1min`; a number alone is milliseconds.
 *
 * @returns milliseconds
 * @throws RangeError for anything else
 */
export function durationOf(text: string): number {
  const [, value, unit = ''] = text.match(/^(\d+(?:\.\d+)?)\s*(ms|s|min)?$/) ?? [];
  const factor = UNITS[unit];
  if (value !== undefined && factor !== undefined) return Number(value) * factor;
  throw new RangeError(`"${text}" is no time: write 200ms, 2s or 1min.`);
}
