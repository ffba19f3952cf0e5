// `npm test` runs everything; `npm run check` what is quick enough for the editing loop.
import { toStderr } from '../progress.js';
import { book, lint, runCommand, types } from './commands.js';
import { TEST_KINDS } from './kinds.js';
import { judge, type KindResult, renderSummary, totals } from './tally.js';
import { prepareTools } from './tools.js';
import { runTests } from './vitest.js';

async function main(quick: boolean): Promise<number> {
  const everythingMustRun = process.env.CI === 'true';
  const results = quick ? await runQuick() : await runAll(everythingMustRun);

  const judged = results.map((result) => judge(result, everythingMustRun));
  console.log(`\n${renderSummary(judged)}`);
  return totals(judged).failed > 0 ? 1 : 0;
}

async function runAll(everythingMustRun: boolean): Promise<KindResult[]> {
  const results: KindResult[] = [];
  for (const command of [types, lint, book]) results.push(await runCommand(command));
  const { ready, missing } = await prepareTools(TEST_KINDS, everythingMustRun, toStderr);
  return [...results, ...(await runTests(ready)), ...missing];
}

/** By default vitest leaves one processor to others, which on two is half of them. */
const ALL_PROCESSORS = ['--maxWorkers=100%'];

/** What has its own process runs beside the tests, so that nobody waits for one after the other. */
async function runQuick(): Promise<KindResult[]> {
  // Compiled first: the tests load the package as it was compiled.
  const compiled = await runCommand(types);
  const beside = async () => [await runCommand(lint), await runCommand(book)];
  const [looked, tested] = await Promise.all([beside(), runTests(['unit'], ALL_PROCESSORS)]);
  return [compiled, ...looked, ...tested];
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
