import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../lab/write.js';
import { plotNames, plotOf } from './plot.js';
import { reportOf } from './report.js';
import { type Results, resultsFile } from './results.js';

/** Writes `results.json`, `results.md` and a plot for each that there are figures for. */
export async function saveResults(folder: string, results: Results): Promise<void> {
  const plots: string[] = [];
  for (const name of plotNames) {
    const file = join(folder, `${name}.svg`);
    const svg = await plotOf(results.figures, name);
    if (svg === undefined) rmSync(file, { force: true });
    else writeWhole(file, svg);
    if (svg !== undefined) plots.push(name);
  }
  writeWhole(resultsFile(folder), `${JSON.stringify(results, null, 2)}\n`);
  writeWhole(join(folder, 'results.md'), reportOf(results, plots));
}
