import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Lab, openLab, startWorker, summarizeHistory } from 'streambook/lab';
import {
  type CursorStore,
  countCalls,
  defineInbox,
  describeEvent,
  describeTally,
  ORDERS,
  type Order,
  openCursorStore,
  readOn,
  startPipeline,
  startReader,
  tallyInbox,
} from 'streambook/pipeline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'streambook-pipeline-'));
const store = join(folder, 'cursors.db');
const STAGES = ['parse', 'store'];
/** What two stages publish. */
const LENGTH = 10;

let lab: Lab;
let cursors: CursorStore;
beforeAll(async () => {
  lab = await openLab('pipeline');
  cursors = await openCursorStore(store);
  await defineInbox(cursors.database);
});
afterAll(async () => {
  await cursors.close();
  await lab.close();
  await rm(folder, { recursive: true });
});

async function start(pauseMs: number) {
  const options = { stages: STAGES, pauseMs };
  const pipeline = await startPipeline(lab.client, crypto.randomUUID(), options);
  const { workflowId, firstExecutionRunId: run } = pipeline;
  return { pipeline, place: { workflowId, run, user: 'ada' } };
}

async function tellTally({ user, run }: { user: string; run: string }) {
  return describeTally(await tallyInbox(cursors.database.query, user, run), LENGTH);
}

/** Reads with a connection of its own, up to so many events. */
async function visit(place: Parameters<typeof readOn>[2], limit = Number.POSITIVE_INFINITY) {
  const client = await connect(lab.server);
  const lines: string[] = [];
  for await (const event of readOn(client, cursors, place)) {
    lines.push(describeEvent(event));
    if (lines.length === limit) break;
  }
  await client.connection.close();
  return lines;
}

test('a pipeline tells of each stage: its start, how far it is, its end', async () => {
  const { pipeline, place } = await start(0);
  expect(await visit(place)).toEqual([
    ' 0  stage     parse started',
    ' 1  progress  parse 25 %',
    ' 2  progress  parse 50 %',
    ' 3  progress  parse 75 %',
    ' 4  stage     parse finished',
    ' 5  stage     store started',
    ' 6  progress  store 25 %',
    ' 7  progress  store 50 %',
    ' 8  progress  store 75 %',
    ' 9  stage     store finished',
  ]);
  expect(await pipeline.result()).toBe(2);
});

test('a reader that goes away while the pipeline runs comes back to what it has not seen', async () => {
  const { pipeline, place } = await start(100);
  const before = await visit(place, 2);
  expect(await cursors.load('ada', place.run)).toBe(2);
  await pipeline.result();
  const after = await visit(place);
  expect([...before, ...after].map((line) => Number(line.slice(0, 2)))).toEqual(
    Array.from({ length: LENGTH }, (_, offset) => offset),
  );
  expect(await tellTally(place)).toBe('10 of 10, each exactly once');
});

test('two people have a place each, and a run that reuses the workflow id has its own', async () => {
  const { pipeline, place } = await start(0);
  await visit({ ...place, user: 'bob' }, 3);
  await pipeline.result();
  const id = place.workflowId.replace('pipeline-', '');
  const again = await startPipeline(lab.client, id, { stages: ['again'], pauseMs: 0 });
  await again.result();
  const second = { ...place, run: again.firstExecutionRunId };

  expect(await visit({ ...place, user: 'bob' })).toHaveLength(LENGTH - 3);
  expect(await visit(place)).toHaveLength(LENGTH);
  expect(await visit(second)).toHaveLength(5);
});

test('a reader that stays away until the pipeline has ended, and the worker was replaced, misses nothing', async () => {
  const { pipeline, place } = await start(0);
  await visit(place, 4);
  await pipeline.result();
  const { worker } = lab;
  worker.kill();
  await worker.exited;
  lab.worker = await startWorker('pipeline', lab.server);
  expect(await visit(place)).toHaveLength(LENGTH - 4);
  expect(await tellTally(place)).toBe('10 of 10, each exactly once');
});

describe('a reading process', () => {
  const settings = (place: { workflowId: string; run: string; user: string }) => ({
    ...place,
    store,
    server: lab.server,
  });

  test('that is killed is followed by one that resumes from the row', async () => {
    const { place } = await start(50);
    const first = await startReader(settings(place));
    expect(first.from).toBe(0);
    const seen: number[] = [];
    for await (const { offset } of first.items) {
      seen.push(offset);
      if (seen.length === 2) break;
    }
    first.kill();
    expect(await first.exited).toBe('SIGKILL');

    const second = await startReader(settings(place));
    expect(second.from).toBe(2);
    expect(second.pid).not.toBe(first.pid);
    for await (const { offset } of second.items) seen.push(offset);
    expect(await second.exited).toBeNull();
    expect(seen).toEqual(Array.from({ length: LENGTH }, (_, offset) => offset));
    expect(await tellTally(place)).toBe('10 of 10, each exactly once');
  });

  const crashes: Record<Order, string> = {
    'store-first': '9 of 10, lost: 3',
    'effect-first': '10 of 10, more than once: 3',
    together: '10 of 10, each exactly once',
  };
  test.each(ORDERS)('that crashes half-way, %s', async (order) => {
    const { pipeline, place } = await start(0);
    await pipeline.result();
    const first = await startReader({ ...settings(place), order, crashAt: 3 });
    const taken: number[] = [];
    for await (const { offset } of first.items) taken.push(offset);
    expect(taken).toEqual([0, 1, 2]);
    expect(await first.exited).toBe('SIGKILL');

    const second = await startReader({ ...settings(place), order });
    for await (const _ of second.items);
    expect(await tellTally(place)).toBe(crashes[order]);
  });

  test('that cannot open its database says so', async () => {
    const { place } = await start(0);
    const bad = startReader({ ...settings(place), store: 'mysql://localhost/x' });
    await expect(bad).rejects.toThrow('The reading process failed: A cursor is kept in Postgres');
  });

  test('whose workflow does not exist says so', async () => {
    const lost = { ...settings({ workflowId: 'nobody', run: crypto.randomUUID(), user: 'ada' }) };
    const reader = await startReader(lost);
    await expect(reader.items.next()).rejects.toThrow(/The reading process failed: .*not found/i);
  });
});

test('reading leaves no event in the history, however often somebody comes and goes', async () => {
  const { pipeline, place } = await start(0);
  await pipeline.result();
  const before = await summarizeHistory(pipeline);
  for (let offset = 0; offset < LENGTH; offset++) await visit(place, 1);
  expect((await summarizeHistory(pipeline)).events).toBe(before.events);
});

test('calls are counted by their names', async () => {
  const { pipeline, place } = await start(0);
  await pipeline.result();
  const { client, calls } = countCalls(lab.client);
  for await (const _ of readOn(client, cursors, place));
  expect(calls).toEqual({
    describeWorkflowExecution: 1,
    getWorkflowExecutionHistory: expect.any(Number),
    queryWorkflow: expect.any(Number),
  });
});
