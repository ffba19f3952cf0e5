import { STAGE_MS } from './events.js';

/** How long the reader is away unless told otherwise, in milliseconds. */
export const AWAY_MS = 3_000;

/** The longest that `setTimeout` can wait, in milliseconds: about 24 days. */
const LONGEST = 2 ** 31 - 1;

/** What the command line of the pipeline says. */
export interface PipelineOptions {
  kill: boolean;
  pauseMs: number;
  awayMs: number;
  user: string;
}

/**
 * Reads what `parseArgs` of `node:util` returns.
 *
 * @throws RangeError with a sentence about the option that makes no sense
 */
export function readOptions(values: {
  kill?: boolean;
  pause?: string;
  away?: string;
  user?: string;
}): PipelineOptions {
  const { kill = false, pause, away, user = 'ada' } = values;
  if (user.trim() === '') throw new RangeError('--user takes a name, which cannot be empty.');
  return {
    kill,
    pauseMs: milliseconds('pause', pause, STAGE_MS),
    awayMs: milliseconds('away', away, AWAY_MS),
    user,
  };
}

function milliseconds(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value <= LONGEST) return value;
  throw new RangeError(
    `--${option} takes a whole number of milliseconds, as in --${option} 2000, and not "${text}".`,
  );
}
