/**
 * `npm run rollover`: a lighthouse that fills one volume of its logbook after the other, on a server that
 * suggests a new run after a few events already, and three readers that get everything.
 */
import { randomBytes } from 'node:crypto';
import { asUsage, openLab, runCommand } from 'streambook/lab';
import { describeVolume, describeWatch, runsTable } from './lines.js';
import { readOptions, USAGE } from './options.js';
import { runsOf } from './runs.js';
import { keepWatch } from './watch.js';

await runCommand(USAGE, async (stopSignal) => {
  const options = asUsage(() => readOptions(process.argv.slice(2)));
  const { volumes, events, instruments, pause: pauseMs, keep } = options;
  const signal = stopSignal();
  const limits = { 'limit.historyCount.suggestContinueAsNew': events };
  await using lab = await openLab('rollover', { limits });
  const id = randomBytes(3).toString('hex');
  console.log(`workflow lighthouse-${id}, about ${events} events a run`);
  const watch = await keepWatch(lab.client, id, {
    volumes,
    instruments,
    pauseMs,
    ...(keep > 0 && { options: { retain: { items: keep } } }),
    onVolume: (volume, offset) => console.log(describeVolume(volume, offset)),
    signal,
  });
  if (signal.aborted) return;
  console.log(`\n${describeWatch(watch).join('\n')}\n`);
  console.log(runsTable(await runsOf(lab.client, watch.workflowId)));
});
