/**
 * `npm run ticker`: a ticker that forgets, with a fast and a slow reader side by side. `-- --measure`
 * runs one that forgets and one that keeps everything, and compares what is left of them.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { WorkflowStreamClient } from 'streambook/client';
import { LabError, openLab, runCommand } from 'streambook/lab';
import type { TickerOptions } from './events.js';
import { lanesFor, type Side } from './lanes.js';
import { describeJump, describeTally, describeTick } from './lines.js';
import { costTable, measureTicker } from './measure.js';
import { mistakeIn, RANGES, type Range } from './options.js';
import { startTicker } from './start.js';
import { NOTHING, type Tally, withTick } from './tally.js';
import { watchTicks } from './watch.js';

const USAGE = `Usage: npm run ticker [-- options]

  --truncate-every N   ticks from one truncation to the next; 0 is never (2)
  --keep-last N        ticks that a truncation leaves (1)
  --interval MS        time from one tick to the next (200)
  --count N            ticks in all (30)
  --slow MS            how long the slow reader takes over a tick (1500)
  --measure            no readers; 500 ticks at 20 ms, kept and forgotten, and what each costs`;

const FLAGS = {
  'truncate-every': { type: 'string' },
  'keep-last': { type: 'string' },
  interval: { type: 'string' },
  count: { type: 'string' },
  slow: { type: 'string' },
  measure: { type: 'boolean', default: false },
} as const;

const SLOW_RANGE: Range = [0, 60_000];

/** Where there is no terminal, as in a pipe: what fits into a mail. */
const COLUMNS = 80;

type Numbers = { [name in keyof typeof FLAGS]?: string | boolean };

/** @throws LabError `usage` for anything but a whole number in the range */
function numberOf(
  values: Numbers,
  flag: keyof typeof FLAGS,
  fallback: number,
  range: Range,
): number {
  const text = values[flag];
  if (typeof text !== 'string') return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  const mistake = mistakeIn(`--${flag}`, value, range)?.replace(/NaN\.$/, `"${text}".`);
  if (mistake) throw new LabError('usage', mistake);
  return value;
}

/** What a command works with. */
interface Stage {
  client: Client;
  options: TickerOptions;
  /** Aborts when the command is told to stop. */
  signal: AbortSignal;
  /** What has to happen then, before the client is closed. */
  ends: Promise<unknown>[];
}

/** Starts a ticker that does not outlive the command, unless it is killed. */
async function start(
  { client, signal, ends }: Stage,
  options: TickerOptions,
): Promise<WorkflowHandle> {
  const ticker = await startTicker(client, randomBytes(3).toString('hex'), options);
  const end = () => ends.push(ticker.terminate('Its command was stopped.').catch(() => {}));
  if (signal.aborted) end();
  else signal.addEventListener('abort', end);
  return ticker;
}

/** Reads to the end, with a pause after each tick, by a client of its own. */
async function read(
  { client, signal }: Stage,
  workflowId: string,
  pauseMs: number,
  say: (text: string) => void,
): Promise<Tally> {
  const stream = WorkflowStreamClient.create(client, workflowId);
  let tally = NOTHING;
  for await (const sighting of watchTicks(stream, signal)) {
    if (sighting.jump) say(describeJump(sighting.jump));
    say(describeTick(sighting));
    tally = withTick(tally, sighting);
    // Who is told to stop does not finish the pause.
    await delay(pauseMs, undefined, { signal }).catch(() => {});
  }
  return tally;
}

async function runTicker(stage: Stage, slowMs: number): Promise<void> {
  const { workflowId } = await start(stage, stage.options);
  const lanes = lanesFor(process.stdout.columns ?? COLUMNS, { left: 'fast', right: 'slow' });
  const print = (said: Partial<Record<Side, string>>): void => console.log(lanes(said).join('\n'));
  console.log(`workflow ${workflowId}`);
  print({ left: 'fast', right: `slow: ${slowMs} ms a tick` });
  const tallies = await Promise.all([
    read(stage, workflowId, 0, (left) => print({ left })),
    read(stage, workflowId, slowMs, (right) => print({ right })),
  ]);
  if (stage.signal.aborted) return;
  const [left, right] = tallies.map((tally) => describeTally(tally).join('\n'));
  print({ left, right });
}

async function runMeasure(stage: Stage): Promise<void> {
  const { count, intervalMs, keepLast } = stage.options;
  console.log(`${count} ticks at ${intervalMs} ms, two tickers at once`);
  const [kept, forgotten] = await Promise.all([
    start(stage, { ...stage.options, truncateEvery: 0 }).then(measureTicker),
    start(stage, stage.options).then(measureTicker),
  ]);
  console.log(costTable({ 'all kept': kept, [`last ${keepLast} kept`]: forgotten }));
}

await runCommand(USAGE, async (stopSignal) => {
  const { values } = parseArgs({ options: FLAGS });
  const { measure } = values;
  const options: TickerOptions = {
    count: numberOf(values, 'count', measure ? 500 : 30, RANGES.count),
    intervalMs: numberOf(values, 'interval', measure ? 20 : 200, RANGES.intervalMs),
    truncateEvery: numberOf(values, 'truncate-every', 2, RANGES.truncateEvery),
    keepLast: numberOf(values, 'keep-last', 1, RANGES.keepLast),
  };
  const slowMs = numberOf(values, 'slow', 1_500, SLOW_RANGE);
  await using lab = await openLab('ticker');
  const stage: Stage = { client: lab.client, options, signal: stopSignal(), ends: [] };
  try {
    await (measure ? runMeasure(stage) : runTicker(stage, slowMs));
  } catch (error) {
    // The ticker that was ended has no result.
    if (!stage.signal.aborted) throw error;
  } finally {
    await Promise.all(stage.ends);
  }
});
