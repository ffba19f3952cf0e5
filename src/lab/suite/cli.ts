// `npm test` runs everything; `npm run check` what is quick enough for the editing loop.
import { toStderr } from '../progress.js';
import { book, lint, runCommand, types } from './commands.js';
import { TEST_KINDS } from './kinds.js';
import { judge, type KindResult, renderSummary, totals } from './tally.js';
import { prepareTools } from './tools.js';
import { runTests } from './vitest.js';

async function main(quick: boolean): Promise<number> {
  const everythingMustRun = process.env.CI === 'true';
  const results: KindResult[] = [];
  for (const command of [types, lint, book]) results.push(await runCommand(command));

  const wanted = quick ? (['unit'] as const) : TEST_KINDS;
  const { ready, missing } = await prepareTools(wanted, everythingMustRun, toStderr);
  results.push(...(await runTests(ready)), ...missing);

  const judged = results.map((result) => judge(result, everythingMustRun));
  console.log(`\n${renderSummary(judged)}`);
  return totals(judged).failed > 0 ? 1 : 0;
}

main(process.argv[2] === 'quick').then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error.stack);
    process.exitCode = 1;
  },
);
