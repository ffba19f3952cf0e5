/**
 * `npm run rollover`: a lighthouse that fills one volume of its logbook after the other, on a server that
 * suggests a new run after a few events already, and three readers that get everything.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { LabError, openLab, runCommand } from 'streambook/lab';
import { INSTRUMENTS } from './instruments.js';
import { describeVolume, describeWatch, runsTable } from './lines.js';
import { runsOf } from './runs.js';
import { keepWatch } from './watch.js';

const USAGE = `Usage: npm run rollover [-- options]

It starts a Temporal server of its own, since yours suggests a new run after 4,096 events only.

  --volumes N       volumes of the logbook, that is, runs of the workflow (4)
  --events N        events of history after which the server suggests a new run (80)
  --instruments N   programs that report, up to ${INSTRUMENTS.length} (3)
  --pause MS        time from one reading of an instrument to its next (100)
  --keep N          items that the log keeps; 0 is all (0)`;

type Range = readonly [least: number, most: number];

const FLAGS = {
  volumes: { default: '4', range: [1, 100] },
  events: { default: '80', range: [20, 10_000] },
  instruments: { default: '3', range: [1, INSTRUMENTS.length] },
  pause: { default: '100', range: [20, 60_000] },
  keep: { default: '0', range: [0, 10_000] },
} as const satisfies Record<string, { default: string; range: Range }>;

type Flag = keyof typeof FLAGS;

/** @throws LabError `usage` for anything but a whole number in its range */
function readOptions(): Record<Flag, number> {
  const flags = Object.keys(FLAGS) as Flag[];
  const strings = flags.map((flag) => [flag, { type: 'string' as const }]);
  const { values }: { values: Record<string, unknown> } = parseArgs({
    options: Object.fromEntries(strings),
  });
  const read = (flag: Flag): number => {
    const { default: fallback, range } = FLAGS[flag];
    const text = String(values[flag] ?? fallback);
    const [least, most]: Range = range;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const message = `--${flag} must be a whole number from ${least} to ${most}, not "${text}".`;
    throw new LabError('usage', message);
  };
  return Object.fromEntries(flags.map((flag) => [flag, read(flag)])) as Record<Flag, number>;
}

await runCommand(USAGE, async (stopSignal) => {
  const { volumes, events, instruments, pause, keep } = readOptions();
  const signal = stopSignal();
  const limits = { 'limit.historyCount.suggestContinueAsNew': events };
  await using lab = await openLab('rollover', { limits });
  const id = randomBytes(3).toString('hex');
  console.log(`workflow lighthouse-${id}, about ${events} events a run`);
  const watch = await keepWatch(lab.client, id, {
    volumes,
    instruments,
    pauseMs: pause,
    ...(keep > 0 && { options: { retain: { items: keep } } }),
    onVolume: (volume, offset) => console.log(describeVolume(volume, offset)),
    signal,
  });
  if (signal.aborted) return;
  console.log(`\n${describeWatch(watch).join('\n')}\n`);
  console.log(runsTable(await runsOf(lab.client, watch.workflowId)));
});
