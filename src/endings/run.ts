/**
 * `npm run endings`: publishes to the last moment, ends in four ways, and counts what readers get who
 * are doing four different things; on the official package and on this book's.
 */
import { parseArgs } from 'node:util';
import { LabError, openLab, runCommand } from 'streambook/lab';
import type { Ending } from './events.js';
import { TRIALS_HEAD, trialsLine } from './lines.js';
import { mistakeIn, RANGES, type Range } from './options.js';
import type { Side } from './start.js';
import { type Outcome, STATES, type Trial, tryEnding } from './trial.js';

const USAGE = `Usage: npm run endings [-- options]

  --notices N     what each workflow publishes (1000)
  --sleep MS      how long the fixed sleep is (3000)
  --timeout MS    how long an acknowledgment is waited for (3000)
  --cooldown MS   how long the official client pauses after a poll (1000)`;

const FLAGS = {
  notices: { type: 'string', default: '1000' },
  sleep: { type: 'string', default: '3000' },
  timeout: { type: 'string', default: '3000' },
  cooldown: { type: 'string', default: '1000' },
} as const;

const SIDES: readonly Side[] = ['official', 'ours'];

/** @throws LabError `usage` for anything but a whole number in the range */
function numberOf(flag: keyof typeof FLAGS, text: string, range: Range): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  const mistake = mistakeIn(`--${flag}`, value, range)?.replace(/NaN\.$/, `"${text}".`);
  if (mistake) throw new LabError('usage', mistake);
  return value;
}

await runCommand(USAGE, async (stopSignal) => {
  const { values } = parseArgs({ options: FLAGS });
  const notices = numberOf('notices', values.notices, RANGES.notices);
  const sleepMs = numberOf('sleep', values.sleep, RANGES.ms);
  const timeoutMs = numberOf('timeout', values.timeout, RANGES.ms);
  const cooldownMs = numberOf('cooldown', values.cooldown, RANGES.ms);
  const endings: Ending[] = [
    { by: 'return' },
    { by: 'drain' },
    { by: 'sleep', ms: sleepMs },
    { by: 'ack', readers: 1, ms: timeoutMs },
  ];
  await using lab = await openLab('endings');
  const signal = stopSignal();
  const begun: Promise<Outcome>[] = [];
  const tryAll = (trial: Omit<Trial, 'state'>): Promise<Outcome[]> => {
    const all = STATES.map((state) => tryEnding(lab.client, { ...trial, state }));
    begun.push(...all);
    return Promise.all(all);
  };

  console.log(`${notices} notices; what a reader got of them who was`);
  console.log(TRIALS_HEAD);
  try {
    for (const ending of endings) {
      const trials = SIDES.map((side) => tryAll({ side, ending, notices, cooldownMs, signal }));
      for (const [i, outcomes] of (await Promise.all(trials)).entries()) {
        console.log(trialsLine(ending.by, SIDES[i] ?? 'ours', outcomes));
      }
    }
  } catch (error) {
    // A shipment that was ended has no result.
    if (!signal.aborted) throw error;
  } finally {
    await Promise.allSettled(begun);
  }
});
