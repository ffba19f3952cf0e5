/** Records a ticker of chapter 4 for the book, with a fast and a slow reader, and prints the recording. */
import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowStreamClient } from 'streambook/client';
import { recordRun } from 'streambook/lab';
import { TICKS, type Tick } from './events.js';
import { startTicker } from './start.js';
import { watchTicks } from './watch.js';

/** Fewer ticks than the command has, and a slower pace, so that it can be watched step by step. */
const TICKER = { count: 20, intervalMs: 250, truncateEvery: 4, keepLast: 2 };
const PAUSES_MS = { fast: 0, slow: 1_200 };

await recordRun<Tick>('ticker', async ({ client }, record, newId) => {
  // A worker's first ticker waits for its code to be loaded.
  await (await startTicker(client, newId(), { count: 1, intervalMs: 1 })).result();
  const ticker = await startTicker(client, newId(), TICKER);
  const recorder = record(ticker, {
    title: 'A fast and a slow reader of a log that forgets',
    topics: [TICKS],
    readers: Object.keys(PAUSES_MS),
    participants: ['ticker', ...Object.keys(PAUSES_MS)],
    host: 'ticker',
    textOf: ({ data }) => `tick ${data.n} of ${data.of}, ${data.total} parts`,
  });
  const read = async (reader: string, pauseMs: number): Promise<void> => {
    const stream = WorkflowStreamClient.create(client, ticker.workflowId);
    recorder.note({ kind: 'arrive', reader, offset: 0 });
    for await (const { offset, jump } of watchTicks(stream)) {
      if (jump) recorder.note({ kind: 'gap', reader, from: jump.last + 1, to: jump.next });
      recorder.note({ kind: 'receive', reader, offset });
      await delay(pauseMs);
    }
  };
  await Promise.all(Object.entries(PAUSES_MS).map(([reader, pauseMs]) => read(reader, pauseMs)));
  return recorder.finish();
});
