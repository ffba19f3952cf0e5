/** Waiting by a parked update: what it costs, and that it loses nothing when no update is taken. */
import type { Gap } from 'streambook/client';
import { openServer, type TemporalServer } from 'streambook/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPoll } from '../../../src/stream/read/polling.js';
import { startTestWorker, type TestWorker } from '../../support/worker.js';
import { eventually, listen, tell, updatesOf, upTo, workflows } from './telling.js';
import { endSignal, rollSignal } from './workflows.js';

const parked = { wait: 'update' } as const;

let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker(workflows);
});
afterAll(() => worker?.stop());

describe('a reader that waits by updates', () => {
  test('gets what was there, what comes, what a successor has, and the last word', async () => {
    const { handle, stream, publish } = await tell(worker);
    await publish(3);
    const reader = listen(stream, 0, parked);
    await eventually(() => reader.offsets).toHaveLength(3);
    await eventually(() => updatesOf(handle)).toBe(1);
    await publish(2);
    await eventually(() => reader.offsets).toHaveLength(5);
    await handle.signal(rollSignal);
    await publish(1);
    await eventually(() => reader.offsets).toHaveLength(6);
    await eventually(() => updatesOf(handle)).toBe(1);
    await handle.signal(endSignal);
    await reader.done;
    expect(reader.offsets).toEqual(upTo(7));
    expect(reader.items.status).toBe('COMPLETED');
  });

  test('reads a workflow that has closed, without any update', async () => {
    const { handle, stream, publish } = await tell(worker);
    await publish(3);
    await handle.signal(endSignal);
    await handle.result();
    const reader = listen(stream, 0, parked);
    await reader.done;
    expect(reader.offsets).toEqual(upTo(4));
    expect(reader.items.status).toBe('COMPLETED');
    expect(await updatesOf(handle)).toBe(0);
  });

  test('is told of a gap, also of one before the first item', async () => {
    const { handle, stream, publish } = await tell(worker, { retain: { items: 2 } });
    const gaps: Gap[] = [];
    const onGap = (gap: Gap) => gaps.push(gap);
    const reader = listen(stream, 0, { ...parked, onGap });
    await handle.executeUpdate('sync');
    await publish(1);
    await eventually(() => reader.offsets).toEqual([0]);
    await eventually(() => updatesOf(handle)).toBe(2);
    await publish(5);
    await eventually(() => reader.offsets).toEqual([0, 4, 5]);
    expect(gaps).toEqual([{ from: 1, to: 4 }]);
    await reader.items.return();
    await handle.terminate();
  });

  test('is one of a dozen: some wait by updates, the others quietly, and all get everything', async () => {
    const { handle, stream, publish } = await tell(worker);
    await publish(1);
    const readers = upTo(12).map(() => listen(stream, 0, parked));
    await eventually(() => updatesOf(handle)).toBe(4);
    for (let n = 2; n < 6; n++) {
      await publish(1);
      for (const { offsets } of readers) await eventually(() => offsets).toHaveLength(n);
    }
    await handle.signal(endSignal);
    for (const { done, offsets } of readers) {
      await done;
      expect(offsets).toEqual(upTo(6));
    }
  });

  test('learns that the workflow was terminated while its update was parked', async () => {
    const { handle, stream, publish } = await tell(worker);
    await publish(1);
    const reader = listen(stream, 0, parked);
    await eventually(() => updatesOf(handle)).toBe(1);
    await handle.terminate();
    await reader.done;
    expect(reader.items.status).toBe('TERMINATED');
  });

  test('ends at once when it is stopped while its update is parked', async () => {
    const { handle, stream, publish } = await tell(worker);
    await publish(1);
    const stop = new AbortController();
    const reader = listen(stream, 0, { ...parked, signal: stop.signal });
    await eventually(() => updatesOf(handle)).toBe(1);
    stop.abort();
    await reader.done;
    expect(reader.items.status).toBeUndefined();
    await handle.terminate();
  });
});

describe('on a server that takes few updates', () => {
  let server: TemporalServer;
  let limited: TestWorker;
  beforeAll(async () => {
    const limits = { 'history.maxTotalUpdates': 4, 'history.maxInFlightUpdates': 2 };
    server = await openServer({ limits, onProgress: () => {} });
    limited = await startTestWorker(workflows, {}, undefined, server.address);
  });
  afterAll(async () => {
    await limited?.stop();
    await server?.stop();
  });

  test('a reader goes on quietly when the run takes no more of them', async () => {
    const { handle, stream, publish } = await tell(limited);
    await publish(1);
    const reader = listen(stream, 0, parked);
    for (let n = 1; n < 9; n++) {
      await eventually(() => reader.offsets).toHaveLength(n);
      await publish(1);
    }
    await handle.signal(endSignal);
    await reader.done;
    expect(reader.offsets).toEqual(upTo(10));
    expect(reader.items.status).toBe('COMPLETED');
    expect(await updatesOf(handle)).toBe(4);
  });

  test('a reader goes on quietly while others hold all the places', async () => {
    const { handle, stream, publish } = await tell(limited);
    const { client } = limited;
    const { runId } = await handle.describe();
    const { workflowId } = handle;
    await publish(1);
    for (const _ of upTo(2)) {
      await startPoll({ client: client.workflow, workflowId, runId, topics: ['none'] }, 1);
    }
    const reader = listen(stream, 0, parked);
    await eventually(() => reader.offsets).toHaveLength(1);
    await publish(1);
    await eventually(() => reader.offsets).toHaveLength(2);
    await handle.signal(endSignal);
    await reader.done;
    expect(reader.offsets).toEqual(upTo(3));
  });
});
