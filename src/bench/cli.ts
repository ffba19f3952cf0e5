/** `npm run bench`: this book's stream beside the official package and bare primitives. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../lab/command.js';
import { LabError } from '../lab/errors.js';
import { toStderr } from '../lab/progress.js';
import { aboutRun } from './about.js';
import { runMeasures } from './measure.js';
import { MEASURES } from './measures/index.js';
import { FULL, QUICK } from './plan.js';
import { merged, readResults, resultsFile, resultsFolder } from './results.js';
import { saveResults } from './save.js';
import { openStage } from './stage.js';
import { withDerived } from './targets.js';

const NAMES = MEASURES.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n');

const USAGE = `Usage: npm run bench [-- MEASURE… [--quick] [--out FOLDER]]

Measures this book's stream, the official package and bare Temporal primitives on a server of its own.

${NAMES}

Without a name all are measured, which takes under 15 minutes. Figures of the others are kept.

  --quick        a little of each, to see that it works; the figures mean nothing
  --out FOLDER   where results.json, results.md and the plots go (bench)`;

async function main(stop: AbortSignal): Promise<void> {
  const args = process.argv.slice(2);
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, out: { type: 'string' } },
  });
  const measures = measuresNamed(positionals);
  const folder = values.out === undefined ? resultsFolder() : resolve(values.out);
  const stage = await openStage(stop);
  try {
    const plan = values.quick ? QUICK : FULL;
    const fresh = await runMeasures(measures, stage, plan, toStderr);
    const about = await aboutRun(stage.server, args);
    const old = existsSync(resultsFile(folder)) ? readResults(folder).figures : {};
    const topics = measures.flatMap((measure) => measure.topics);
    await saveResults(folder, { about, figures: withDerived(merged(old, fresh, topics)) });
  } finally {
    await stage.close();
  }
}

function measuresNamed(names: readonly string[]) {
  const unknown = names.find((name) => !MEASURES.some((measure) => measure.name === name));
  if (unknown !== undefined) throw new LabError('usage', `There is no measure "${unknown}".`);
  return names.length === 0 ? MEASURES : MEASURES.filter(({ name }) => names.includes(name));
}

await runCommand(USAGE, async (stopSignal) => main(stopSignal()));
// Readers of a package that cannot be stopped still wait for an answer of the server that is gone.
process.exit();
