/** Records the pipeline of chapter 2 for the book, with a reader who leaves and comes back, and prints the recording. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, type Lab, type Recorder, recordRun } from 'streambook/lab';
import { type CursorStore, openCursorStore } from './cursors.js';
import type { StageEvent, StageProgress } from './events.js';
import { defineInbox } from './inbox.js';
import type { PipelineEvent } from './lines.js';
import { readOn } from './reading.js';
import { startPipeline } from './start.js';

const READER = 'ada';
const STAGES = ['receive', 'parse', 'store'];
const STAGE_MS = 1_000;
/** How many events are read before the reader goes away, and for how long it does. */
const FIRST_VISIT = 3;
const AWAY_MS = 1_500;
/** How long the reader takes over each event, so that the backlog is seen to shrink. */
const HANDLING_MS = 60;

/** One visit, with a connection and a client of its own, from where the row in the database says. */
async function visit(
  { server }: Lab,
  cursors: CursorStore,
  recorder: Recorder,
  place: { workflowId: string; user: string; run: string },
  limit = Number.POSITIVE_INFINITY,
): Promise<void> {
  const client = await connect(server);
  const from = await cursors.load(place.user, place.run);
  let count = 0;
  for await (const _ of recorder.hear(READER, readOn(client, cursors, place), from)) {
    if (++count === limit) break;
    await delay(HANDLING_MS);
  }
  await client.connection.close();
}

await recordRun<StageEvent | StageProgress>('pipeline', async (lab, record, newId) => {
  const folder = await mkdtemp(join(tmpdir(), 'streambook-'));
  const cursors = await openCursorStore(join(folder, 'pipeline.db'));
  try {
    await defineInbox(cursors.database);
    // A worker's first pipeline waits for its code to be loaded.
    await (await startPipeline(lab.client, newId(), { stages: [] })).result();
    const pipeline = await startPipeline(lab.client, newId(), {
      stages: STAGES,
      pauseMs: STAGE_MS,
    });
    const recorder = record(pipeline, {
      title: 'A reader who leaves a pipeline and comes back',
      topics: ['stage', 'progress'],
      readers: [READER],
      participants: [READER, 'pipeline', 'runStage'],
      host: 'pipeline',
      starter: READER,
      textOf: ({ data }) => textOf(data),
    });
    const { workflowId, firstExecutionRunId: run } = pipeline;
    const place = { workflowId, user: READER, run };
    await visit(lab, cursors, recorder, place, FIRST_VISIT);
    recorder.note({ kind: 'leave', reader: READER });
    await delay(AWAY_MS);
    await visit(lab, cursors, recorder, place);
    return await recorder.finish();
  } finally {
    await cursors.close();
    await rm(folder, { recursive: true });
  }
});

function textOf(data: PipelineEvent['data']): string {
  return `${data.stage} ${'kind' in data ? data.kind : `${data.percent} %`}`;
}
