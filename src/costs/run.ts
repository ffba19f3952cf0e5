/** `npm run costs`: what a stream that you plan will cost, and which limit it meets first. No server needed. */
import { parseArgs } from 'node:util';
import { asUsage, LabError, runCommand } from 'streambook/lab';
import { durationOf } from './duration.js';
import { estimate } from './estimate.js';
import type { Plan, Wait } from './plan.js';
import { costsTable, wallLines } from './table.js';

const USAGE = `Usage: npm run costs [-- options]

  --interval TIME   the publisher's batchInterval, as 200ms or 2s (200ms)
  --items N         items published in a second (20)
  --bytes N         the JSON of an item (60)
  --readers N       how many read (1)
  --relays N        processes that read for all readers in them; 0 is none (0)
  --wait HOW        quiet, update, or official for the official package (quiet)
  --minutes N       how long it goes on (10)
  --keep N          items that the log keeps (all)
  --compare         the other two ways to wait beside it`;

const FLAGS = {
  interval: { type: 'string' },
  items: { type: 'string' },
  bytes: { type: 'string' },
  readers: { type: 'string' },
  relays: { type: 'string' },
  wait: { type: 'string' },
  minutes: { type: 'string' },
  keep: { type: 'string' },
  compare: { type: 'boolean', default: false },
} as const;

const WAITS: readonly Wait[] = ['quiet', 'update', 'official'];

/** @throws LabError `usage` for what is no number */
function numberOf(flag: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new LabError('usage', `--${flag} must be a number, not "${text}".`);
}

await runCommand(USAGE, async () => {
  const { values } = parseArgs({ options: FLAGS });
  const { interval, items, bytes, readers, relays, wait, minutes, keep } = values;
  const given: Partial<Plan> = {
    ...(interval !== undefined && { intervalMs: asUsage(() => durationOf(interval)) }),
    ...(items !== undefined && { itemsPerSecond: numberOf('items', items) }),
    ...(bytes !== undefined && { itemBytes: numberOf('bytes', bytes) }),
    ...(readers !== undefined && { readers: numberOf('readers', readers) }),
    ...(relays !== undefined && { relays: numberOf('relays', relays) }),
    ...(wait !== undefined && { wait: wait as Wait }),
    ...(minutes !== undefined && { seconds: numberOf('minutes', minutes) * 60 }),
    ...(keep !== undefined && { keepItems: numberOf('keep', keep) }),
  };
  const chosen = asUsage(() => estimate(given));
  const others = values.compare ? WAITS.filter((other) => other !== chosen.plan.wait) : [];
  const ways = [chosen, ...others.map((other) => estimate({ ...given, wait: other }))];
  console.log(costsTable(Object.fromEntries(ways.map((cost) => [cost.plan.wait, cost]))));
  console.log('\nA run that never continues as new would meet:');
  for (const line of wallLines(chosen)) console.log(line);
});
