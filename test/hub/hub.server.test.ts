import { WorkflowStreamClient as OfficialClient } from '@temporalio/workflow-streams/client';
import { FlushTimeoutError, WorkflowStreamClient } from 'streambook/client';
import {
  agencies,
  audit,
  closeHub,
  flood,
  HubClosedError,
  hubOf,
  losingAnswers,
  openHub,
  publishHeadline,
  publishHeadlines,
  readHeadlines,
  runNewsroom,
  throughLink,
} from 'streambook/hub';
import { connect, type Lab, openLab, openServer, summarizeHistory } from 'streambook/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectThroughCuts } from './cut.ts';

const FAST = { pauseMs: 0, publishing: { batchInterval: 10 } };
const newId = () => crypto.randomUUID().slice(0, 8);
const counted = (publishers: number, headlines: number) =>
  Object.fromEntries(agencies(publishers).map((agency) => [agency, headlines]));

test('a hub that no worker has seen yet takes headlines and its end, and is read later', async () => {
  const server = await openServer();
  const client = await connect(server);
  const id = newId();
  await publishHeadlines(client, id, 'north', FAST);
  await closeHub(hubOf(client, id));
  await using lab = await openLab('hub');
  const received = await readHeadlines(lab.client, id);
  expect(received.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  await client.connection.close();
});

describe('a hub', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab('hub');
  }, 60_000);
  afterAll(() => lab.close());

  test('is one, however many open it at once', async () => {
    const id = newId();
    const hubs = await Promise.all(Array.from({ length: 10 }, () => openHub(lab.client, id)));
    const runs = await Promise.all(hubs.map((hub) => hub.describe()));
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(1);
    await closeHub(hubOf(lab.client, id));
    await hubOf(lab.client, id).result();
    const { kinds } = await summarizeHistory(hubOf(lab.client, id));
    expect(kinds.WorkflowExecutionSignaled).toBe(11);
  });

  test('may be opened by a reader, who gets all that several agencies publish, and its end', async () => {
    const id = newId();
    const reading = readHeadlines(lab.client, id);
    const count = await runNewsroom(lab.client, id, { publishers: 4, headlines: 25, ...FAST });
    const received = await reading;
    expect(count).toBe(100);
    expect(audit(counted(4, 25), received)).toMatchObject({ missing: [], doubled: [] });
    for (const agency of agencies(4)) {
      const own = received.filter((headline) => headline.agency === agency);
      expect(own.map(({ number }) => number)).toEqual(own.map((_, index) => index + 1));
    }
    // A second reader, after the end, sees the same sequence.
    expect(await readHeadlines(lab.client, id)).toEqual(received);
  });

  test('takes a batch once whose answer was lost', async () => {
    const id = newId();
    let lost = 0;
    const link = losingAnswers(() => lost++);
    const flaky = throughLink(lab.client, link);
    await publishHeadlines(flaky, id, 'north', { ...FAST, headlines: 12, confirmEvery: 4 });
    await closeHub(hubOf(lab.client, id));
    const received = await readHeadlines(lab.client, id);
    expect(received.map(({ number }) => number)).toEqual(
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
    expect(lost).toBeGreaterThanOrEqual(3);
    const { kinds } = await summarizeHistory(hubOf(lab.client, id));
    // Open, close, and every batch as often as it arrived.
    expect(kinds.WorkflowExecutionSignaled).toBeGreaterThanOrEqual(2 + 2 * lost);
  });

  test('takes a batch once when the network cuts its publisher off', async () => {
    const id = newId();
    const { client, cuts, stop } = await connectThroughCuts(lab.server.address);
    try {
      await openHub(lab.client, id);
      await publishHeadlines(client, id, 'north', { ...FAST, headlines: 12, confirmEvery: 4 });
      expect(await closeAndRead(lab, id)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
      expect(cuts()).toBeGreaterThanOrEqual(3);
    } finally {
      await stop();
    }
  });

  test('that is closed while others publish has all that was confirmed, and no more', async () => {
    const id = newId();
    const hub = await openHub(lab.client, id);
    const confirmed = [0, 0, 0];
    const work = confirmed.map(async (_, place) => {
      const stream = WorkflowStreamClient.create(lab.client, hub.workflowId);
      for (let number = 1; ; number++) {
        publishHeadline(stream, { agency: `agency-${place}`, number, text: 'On and on' });
        await stream.flush();
        confirmed[place] = number;
      }
    });
    const outcomes = Promise.allSettled(work);
    await expect.poll(() => Math.min(...confirmed)).toBeGreaterThan(5);
    await closeHub(hub);
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ reason: expect.any(FlushTimeoutError) });
    }
    expect(await hub.result()).toBe(confirmed.reduce((sum, count) => sum + count));
  });

  test('closed, is not opened again, and can be read and closed', async () => {
    const id = newId();
    await runNewsroom(lab.client, id, { publishers: 1, headlines: 2, ...FAST });
    await expect(openHub(lab.client, id)).rejects.toThrow(HubClosedError);
    await expect(publishHeadlines(lab.client, id, 'east')).rejects.toThrow(/under another id/);
    expect(await readHeadlines(lab.client, id)).toHaveLength(2);
    await closeHub(hubOf(lab.client, id));
  });

  test('closed, refuses what is published, and tells the publisher', async () => {
    const id = newId();
    const hub = await openHub(lab.client, id);
    const stream = WorkflowStreamClient.create(lab.client, hub.workflowId);
    await closeHub(hub);
    expect(await hub.result()).toBe(0);
    publishHeadline(stream, { agency: 'north', number: 1, text: 'Too late' });
    const flushed = stream.flush();
    await expect(flushed).rejects.toThrow(FlushTimeoutError);
    await expect(flushed).rejects.toThrow(/1 items for good.*already completed/);
  });

  test('that never was cannot be closed', async () => {
    await expect(closeHub(hubOf(lab.client, newId()))).rejects.toThrow(/not found/);
  });

  test('is closed also when an agency fails, whose error is told', async () => {
    const id = newId();
    const broken = throughLink(lab.client, {
      signalWithStart: () => Promise.reject(new Error('east has no network')),
    });
    const clientOf = (agency: string) => (agency === 'east' ? broken : lab.client);
    await expect(runNewsroom(lab.client, id, { ...FAST, clientOf })).rejects.toThrow(/no network/);
    expect(await hubOf(lab.client, id).result()).toBe(10);
  });

  test('ends although a reader of the official package waits in it', async () => {
    const id = newId();
    const hub = await openHub(lab.client, id);
    const reader = OfficialClient.create(lab.client, hub.workflowId);
    const items = reader.subscribe('headlines')[Symbol.asyncIterator]();
    const first = items.next();
    await publishHeadlines(lab.client, id, 'north', { ...FAST, headlines: 1 });
    expect((await first).done).toBe(false);
    const second = items.next();
    await expect
      .poll(async () => (await summarizeHistory(hub)).kinds.WorkflowExecutionUpdateAccepted)
      .toBe(2);
    await closeHub(hub);
    expect(await hub.result()).toBe(1);
    expect((await second).done).toBe(true);
  });

  test('is flooded by a publisher without a brake, and not by one that waits or gives up', async () => {
    const id = newId();
    const link = { headlines: 200, delayMs: 5 };
    const none = await flood(lab.client, id, { brake: 'none', ...link });
    expect(none).toMatchObject({ published: 200, mostWaiting: 200 });
    const refused = await flood(lab.client, id, { brake: 'maxBuffered', ...link });
    expect(refused.published).toBeLessThan(50);
    expect(refused.refusal).toMatch(/Await `client.ready`/);
    const ready = await flood(lab.client, id, { brake: 'ready', ...link });
    expect(ready.published).toBe(200);
    expect(ready.mostWaiting).toBeLessThan(50);
    await closeHub(hubOf(lab.client, id));
    expect(await hubOf(lab.client, id).result()).toBe(400 + refused.published);
  });
});

async function closeAndRead(lab: Lab, id: string): Promise<number[]> {
  await closeHub(hubOf(lab.client, id));
  const received = await readHeadlines(lab.client, id);
  return received.map(({ number }) => number);
}
