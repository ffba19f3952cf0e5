/**
 * The behaviour of our host with a worker that forgets: each workflow task, query and poll replays
 * the workflow from its first event. What depended on anything but the history would come out
 * different here.
 */
import { describe, expect, test } from 'vitest';
import { READ_QUERY, type ReadInput, type ReadResult } from '../../src/stream/wire.js';
import { eagerly, take } from '../interop/behaviour/items.js';
import { describePublishing } from '../interop/behaviour/publishing.js';
import { describeReading } from '../interop/behaviour/reading.js';
import { describeRollover } from '../interop/behaviour/rollover.js';
import { openStage } from '../interop/behaviour/stage.js';
import { describeTruncation } from '../interop/behaviour/truncation.js';
import * as workflows from '../interop/behaviour/workflows.js';

const forgetful = { maxCachedWorkflows: 0 };

describe('without a cache, read by query:', () => {
  const stage = openStage({ client: 'ours', host: 'ours' }, forgetful);
  describePublishing(stage);
  describeReading(stage);
  describeTruncation(stage);
  describeRollover(stage);

  // A query replays also what no workflow task has taken up yet, and the task that does take it up may
  // bring it in another order: before `after_task`, a reader saw one item twice and another never.
  test('a reader that is there sees what one sees that comes later', async () => {
    for (let round = 0; round < 5; round++) {
      const { stream } = await stage.start(workflows.interleaving, 24);
      const live = await take(stream.subscribe<number>([], 0, eagerly), 48);
      expect(live).toEqual(await take(stream.subscribe<number>([], 0, eagerly), 48));
    }
  });

  test('a query for the end of a workflow task is answered with what was there then', async () => {
    const { handle } = await stage.start(workflows.hosting, [{ publish: 'first' }]);
    for (const publish of ['second', 'third']) {
      await handle.executeUpdate(workflows.performUpdate, { args: [[{ publish }]] });
    }
    const { events } = await handle.fetchHistory();
    const tasks = events?.flatMap((event) => {
      return event.workflowTaskCompletedEventAttributes ? [Number(event.eventId)] : [];
    });
    const found: number[] = [];
    // One after the other: a worker without a cache drops queries that come while it answers one.
    for (const task of [0, ...(tasks ?? [])]) {
      const input: ReadInput = { topics: [], from_offset: 0, after_task: task };
      const page = await handle.query<ReadResult, [ReadInput]>(READ_QUERY, input);
      expect(page.items).toHaveLength(page.end_offset);
      found.push(page.end_offset);
    }
    expect(found.at(0)).toBe(0);
    expect(found.at(-1)).toBe(3);
    expect(found).toEqual(found.toSorted());
    expect(new Set(found).size).toBeGreaterThan(2);
  });
});

describe('without a cache, read by polls:', () => {
  const stage = openStage({ client: 'official', host: 'ours' }, forgetful);
  describeReading(stage);
  describeTruncation(stage);
  describeRollover(stage);
});

describe('with a V8 context for each workflow:', () => {
  const stage = openStage({ client: 'ours', host: 'ours' }, { reuseV8Context: false });
  describeRollover(stage);
});
