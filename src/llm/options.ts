/** What a person may say on the command line, read and checked. */
import { parseArgs } from 'node:util';
import { checkQuestion, DEFAULT_MODEL, DEFAULT_PROMPT } from './start.js';

/** What `npm run llm` was asked to do. */
export interface CommandOptions {
  prompt: string;
  model: string;
  /** When to kill the worker, in milliseconds after the first word; never without. */
  killAfterMs?: number;
}

/** Longest wait before the worker is killed; no answer takes longer. */
const LONGEST_KILL_AFTER_MS = 300_000;

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000 };

/**
 * @param args - the arguments after the name of the command
 * @throws TypeError of `parseArgs` for options that do not exist, RangeError for values out of range
 */
export function readOptions(args: string[]): CommandOptions {
  const { values } = parseArgs({
    args,
    options: {
      prompt: { type: 'string', default: DEFAULT_PROMPT },
      model: { type: 'string', default: DEFAULT_MODEL },
      'kill-after': { type: 'string' },
    },
  });
  const { prompt, model, 'kill-after': killAfter } = values;
  checkQuestion(prompt, model);
  return { prompt, model, ...(killAfter !== undefined && { killAfterMs: duration(killAfter) }) };
}

function duration(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (ms <= LONGEST_KILL_AFTER_MS) return ms;
  throw new RangeError(
    `--kill-after takes a duration of up to 5m, as 3s or 500ms, and not "${text}".`,
  );
}
