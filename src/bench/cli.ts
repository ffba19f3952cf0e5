/** `npm run bench`: this book's stream beside the official package and bare primitives. */
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../lab/command.js';
import { LabError } from '../lab/errors.js';
import { toStderr } from '../lab/progress.js';
import type { ServerLimits } from '../lab/server/embedded.js';
import { aboutRun } from './about.js';
import { type Measure, runMeasures } from './measure.js';
import { MEASURES } from './measures/index.js';
import { FULL, QUICK } from './plan.js';
import {
  type Figures,
  merged,
  type Results,
  readResults,
  resultsFile,
  resultsFolder,
} from './results.js';
import { saveResults } from './save.js';
import { SOAK_LIMITS, soak } from './soak.js';
import { openStage, type Stage } from './stage.js';
import { asText, tableOf } from './table.js';
import { withDerived } from './targets.js';

const NAMES = MEASURES.map(({ name, about }) => `  ${name.padEnd(14)} ${about}`).join('\n');

/** A day. */
const MAX_MINUTES = 1_440;

const USAGE = `Usage: npm run bench [-- MEASURE… [--quick] [--out FOLDER]]
       npm run bench -- soak [--minutes N] [--out FOLDER]

Measures this book's stream, the official package and bare Temporal primitives, in turns, on a server
of its own.

${NAMES}

Without a name all of them, which takes about 16 minutes; otherwise the figures of the others are kept.

With "soak", one reader follows a workflow through many rollovers instead, under a steady load, and
the bench fails when an item is missing or comes twice.

  --minutes N    how long a soak lasts (30)
  --quick        a little of each, to see that it works: these figures mean nothing
  --out FOLDER   where results.json, results.md and the plots go (bench)`;

/** What the command line asks for. */
interface Task {
  args: string[];
  /** First words of the ids of the figures. */
  topics: readonly string[];
  limits: ServerLimits;
  measure: (stage: Stage) => Promise<Figures>;
  folder: string;
}

/** @throws LabError `usage` */
function readTask(args: string[]): Task {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
      minutes: { type: 'string' },
    },
  });
  const folder = values.out === undefined ? resultsFolder() : resolve(values.out);
  if (positionals.includes('soak')) {
    if (positionals.length > 1 || values.quick) throw usage('A soak is a run of its own.');
    const minutes = minutesOf(values.minutes ?? '30');
    const measure = (stage: Stage) => soak(stage, minutes, toStderr);
    return { args, folder, topics: ['soak'], limits: SOAK_LIMITS, measure };
  }
  if (values.minutes !== undefined) throw usage('--minutes is for "soak".');
  if (values.quick && values.out === undefined) {
    throw usage('What --quick measures is not for the book: say where to with --out.');
  }
  const measures = measuresNamed(positionals);
  const plan = values.quick ? QUICK : FULL;
  return {
    ...{ args, folder, limits: {} },
    topics: measures.flatMap((measure) => measure.topics),
    measure: (stage) => runMeasures(measures, stage, plan, toStderr),
  };
}

function measuresNamed(wanted: readonly string[]): readonly Measure[] {
  const names = MEASURES.map(({ name }) => name);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw usage(`There is no measure "${unknown}". There are: ${names.join(', ')}, soak.`);
  }
  return wanted.length === 0 ? MEASURES : MEASURES.filter(({ name }) => wanted.includes(name));
}

function minutesOf(text: string): number {
  const minutes = Number(text);
  if (minutes > 0 && minutes <= MAX_MINUTES) return minutes;
  throw usage(`--minutes takes a number over 0 and up to ${MAX_MINUTES}, not "${text}".`);
}

function usage(message: string): LabError {
  return new LabError('usage', message);
}

async function bench(task: Task, stop: AbortSignal): Promise<void> {
  const { args, topics, limits, measure, folder } = task;
  // Read first: it would be a pity to find afterwards that they cannot be added to.
  const old = existsSync(resultsFile(folder)) ? readResults(folder).figures : {};
  const stage = await openStage(stop, limits);
  try {
    const fresh = await measure(stage);
    const about = await aboutRun(stage.client, args);
    const results = { about, figures: withDerived(merged(old, fresh, topics)) };
    await saveResults(folder, results);
    print(results, topics);
    console.log(`Written to ${relative('.', folder) || '.'}.`);
  } finally {
    await stage.close();
  }
}

function print({ figures }: Results, topics: readonly string[]): void {
  for (const topic of topics) console.log(`${topic}\n${asText(tableOf(figures, topic))}\n`);
}

await runCommand(USAGE, async (stopSignal) => {
  const task = readTask(process.argv.slice(2));
  const stop = stopSignal();
  await bench(task, stop).catch((error: unknown) => {
    if (!stop.aborted) throw error;
    toStderr('Stopped. Nothing was written.');
  });
});
// A reader that cannot be stopped may still wait for an answer of the server that is gone.
process.exit();
