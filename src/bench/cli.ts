/** `npm run bench`: this book's stream beside the official package and bare primitives. */
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../lab/command.js';
import { LabError } from '../lab/errors.js';
import { toStderr } from '../lab/progress.js';
import { aboutRun } from './about.js';
import { type Measure, runMeasures } from './measure.js';
import { MEASURES } from './measures/index.js';
import { FULL, type Plan, QUICK } from './plan.js';
import { merged, type Results, readResults, resultsFile, resultsFolder } from './results.js';
import { saveResults } from './save.js';
import { openStage } from './stage.js';
import { asText, tableOf } from './table.js';
import { withDerived } from './targets.js';

const NAMES = MEASURES.map(({ name, about }) => `  ${name.padEnd(14)} ${about}`).join('\n');

const USAGE = `Usage: npm run bench [-- MEASURE… [--quick] [--out FOLDER]]

Measures this book's stream, the official package and bare Temporal primitives, in turns, on a server
of its own.

${NAMES}

Without a name all of them, which takes under 15 minutes; otherwise the figures of the others are kept.

  --quick        a little of each, to see that it works: these figures mean nothing
  --out FOLDER   where results.json, results.md and the plots go (bench)`;

/** What the command line asks for. */
interface Task {
  args: string[];
  measures: readonly Measure[];
  plan: Plan;
  folder: string;
}

/** @throws LabError `usage` */
function readTask(args: string[]): Task {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, out: { type: 'string' } },
  });
  const names = MEASURES.map(({ name }) => name);
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const message = `There is no measure "${unknown}". There are: ${names.join(', ')}.`;
    throw new LabError('usage', message);
  }
  if (values.quick && values.out === undefined) {
    throw new LabError(
      'usage',
      'What --quick measures is not for the book: say where to with --out.',
    );
  }
  const isWanted = ({ name }: Measure) => positionals.length === 0 || positionals.includes(name);
  return {
    args,
    measures: MEASURES.filter(isWanted),
    plan: values.quick ? QUICK : FULL,
    folder: values.out === undefined ? resultsFolder() : resolve(values.out),
  };
}

async function bench({ args, measures, plan, folder }: Task, stop: AbortSignal): Promise<void> {
  // Read first: it would be a pity to find afterwards that they cannot be added to.
  const old = existsSync(resultsFile(folder)) ? readResults(folder).figures : {};
  const stage = await openStage(stop);
  try {
    const fresh = await runMeasures(measures, stage, plan, toStderr);
    const about = await aboutRun(stage.client, args);
    const topics = measures.flatMap((measure) => measure.topics);
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
