/** `npm run pipeline`: a reader that leaves a running pipeline and comes back. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WorkflowStreamClient } from 'streambook/client';
import { asUsage, connect, type Lab, openLab, runCommand } from 'streambook/lab';
import { type CursorStore, openCursorStore } from './cursors.js';
import { defineInbox, describeTally, tallyInbox } from './inbox.js';
import { describeEvent } from './lines.js';
import { type Monitor, startMonitor } from './monitor.js';
import { type PipelineOptions, readOptions } from './options.js';
import { startReader } from './reader/process.js';
import { readOn } from './reading.js';
import { startPipeline } from './start.js';

const USAGE = `Usage: npm run pipeline [-- --kill] [--pause <ms>] [--away <ms>] [--user <name>]

  --kill         read in a process of its own, which is killed and replaced by another one
  --pause <ms>   how long each of the six stages takes (default 1700)
  --away <ms>    how long the reader is away (default 3000)
  --user <name>  who reads (default ada): cursors are kept by user and run

The cursor is kept in SQLite, in .streambook/pipeline.db, or in the Postgres database that
DATABASE_URL names.`;

/** How many events are read before the reader goes away. */
const FIRST_VISIT = 2;
/** How long the reader takes over each event, in milliseconds, so that the backlog is seen to shrink. */
const HANDLING_MS = 100;

/** One visit of a reader to a run, in this process or in another. */
interface Visits {
  lab: Lab;
  cursors: CursorStore;
  store: string;
  place: { workflowId: string; user: string; run: string };
  monitor: Monitor;
}

/** Reads with a connection and a client of its own, until the stream ends or so many events are read. */
async function visit({ lab, cursors, place, monitor }: Visits, limit = Infinity): Promise<void> {
  const client = await connect(lab.server);
  const from = await cursors.load(place.user, place.run);
  monitor.print(`— a fresh connection and client, from offset ${from}`);
  let count = 0;
  for await (const event of readOn(client, cursors, place)) {
    monitor.processed(event.offset + 1);
    monitor.print(describeEvent(event));
    if (++count === limit) break;
    await delay(HANDLING_MS);
  }
  await client.connection.close();
}

/** The same by a process of its own, which is killed when it has read so many events. */
async function visitAndDie(visits: Visits, limit = Infinity): Promise<void> {
  const { lab, place, store, monitor } = visits;
  const reader = await startReader({ ...place, store, server: lab.server });
  monitor.print(
    reader.from === 0
      ? `— reader ${reader.pid} starts at offset 0`
      : `— reader ${reader.pid} resumes at offset ${reader.from}`,
  );
  let count = 0;
  for await (const { offset, text } of reader.items) {
    monitor.processed(offset + 1);
    monitor.print(text);
    if (++count === limit) break;
    await delay(HANDLING_MS);
  }
  if (count < limit) return;
  reader.kill();
  await reader.exited;
  monitor.print(`— reader ${reader.pid} killed`);
}

async function runPipeline(
  lab: Lab,
  cursors: CursorStore,
  options: PipelineOptions & { store: string },
) {
  const { kill, pauseMs, awayMs, user, store } = options;
  const pipeline = await startPipeline(lab.client, randomBytes(3).toString('hex'), { pauseMs });
  const { workflowId, firstExecutionRunId: run } = pipeline;
  console.log(`workflow ${workflowId}, run ${run}`);
  console.log(`cursor   of ${user} in ${cursors.database.name}`);

  const stream = WorkflowStreamClient.create(lab.client, workflowId);
  const monitor = startMonitor(() => stream.getOffset(), process.stdout);
  const visits = { lab, cursors, store, monitor, place: { workflowId, user, run } };
  const go = kill ? visitAndDie : visit;
  try {
    await go(visits, FIRST_VISIT);
    const stored = await cursors.load(user, run);
    monitor.print(`— the row says ${stored}; nobody reads for ${awayMs / 1000} s`);
    await delay(awayMs);
    await go(visits);
  } finally {
    await monitor.stop();
  }

  console.log(`result   ${await pipeline.result()} stages`);
  const tally = await tallyInbox(cursors.database.query, user, run);
  console.log(`inbox    ${describeTally(tally, await stream.getOffset())}`);
}

/** Where cursors are kept, unless the environment says otherwise. */
const FILE = fileURLToPath(new URL('../../../.streambook/pipeline.db', import.meta.url));

await runCommand(USAGE, async () => {
  const { values } = parseArgs({
    options: {
      kill: { type: 'boolean' },
      pause: { type: 'string' },
      away: { type: 'string' },
      user: { type: 'string' },
    },
  });
  const options = asUsage(() => readOptions(values));
  const store = process.env.DATABASE_URL || FILE;
  const cursors = await openCursorStore(store);
  try {
    await defineInbox(cursors.database);
    await using lab = await openLab('pipeline');
    await runPipeline(lab, cursors, { ...options, store });
  } finally {
    await cursors.close();
  }
});
