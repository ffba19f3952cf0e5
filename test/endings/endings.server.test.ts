import { randomBytes } from 'node:crypto';
import { WorkflowStreamClient } from 'streambook/client';
import {
  acknowledge,
  type Ending,
  FATE_SIGNAL,
  FATES,
  NEWS,
  type Notice,
  readNotices,
  resetTo,
  SHIP_SIGNAL,
  STATES,
  startParcel,
  startShipment,
  tellFate,
  tryEnding,
} from 'streambook/endings';
import { type Lab, openLab } from 'streambook/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab('endings');
});
afterAll(() => lab?.close());

const NOTICES = 1_000;
const ENDINGS: Ending[] = [
  { by: 'return' },
  { by: 'drain' },
  { by: 'sleep', ms: 3_000 },
  { by: 'ack', readers: 1, ms: 3_000 },
];
/** As long as a reader that has all can be kept from going on by a busy machine, and then some. */
const trial = { notices: NOTICES, cooldownMs: 1_000 } as const;
const newId = () => randomBytes(4).toString('hex');

async function receivedBy(side: 'official' | 'ours', ending: Ending): Promise<number[]> {
  const tries = STATES.map((state) => tryEnding(lab.client, { ...trial, side, ending, state }));
  return (await Promise.all(tries)).map(({ received }) => received);
}

describe('a reader that is waiting, in its cooldown, busy, or late', () => {
  test.each(ENDINGS)('gets everything from our host, if it ends by $by', async (ending) => {
    expect(await receivedBy('ours', ending)).toEqual([NOTICES, NOTICES, NOTICES, NOTICES]);
  });

  test.each([
    ['return', ENDINGS[0], [NOTICES, 1, 1, 0]],
    ['drain', ENDINGS[1], [NOTICES, 1, 1, 0]],
    ['sleep', ENDINGS[2], [NOTICES, NOTICES, 1, 0]],
    ['ack', ENDINGS[3], [NOTICES, NOTICES, 1, 0]],
  ] as const)(
    'gets what it asks for in time from the official one, by %s',
    async (_, ending, counts) => {
      expect(await receivedBy('official', ending as Ending)).toEqual(counts);
    },
  );

  test('loses a notice to a sleep that is shorter than its cooldown', async () => {
    const ending = { by: 'sleep', ms: 100 } as const;
    const slow = { ...trial, cooldownMs: 3_000, state: 'cooldown', ending } as const;
    expect(await tryEnding(lab.client, { ...slow, side: 'official' })).toMatchObject({
      received: 1,
    });
    expect(await tryEnding(lab.client, { ...slow, side: 'ours' })).toMatchObject({
      received: NOTICES,
    });
  });
});

describe('a workflow that waits for an acknowledgment', () => {
  const start = (readers: number, ms: number) =>
    startShipment(lab.client, newId(), 'ours', { notices: 3, ending: { by: 'ack', readers, ms } });

  test('ends with the last of the readers that it waits for, each of them counted once', async () => {
    const run = await start(2, 60_000);
    await run.signal(SHIP_SIGNAL);
    for (const reader of ['a', 'a', 'b']) await acknowledge(run, reader);
    const { acks, openMs } = await run.result();
    expect(acks).toBe(2);
    expect(openMs).toBeLessThan(60_000);
  });

  test('waits its whole time for a reader that never says it', async () => {
    const run = await start(2, 500);
    await run.signal(SHIP_SIGNAL);
    await acknowledge(run, 'a');
    const { acks, openMs } = await run.result();
    expect(acks).toBe(1);
    expect(openMs).toBeGreaterThanOrEqual(500);
  });

  test('needs no acknowledgment any more when it has ended', async () => {
    const run = await start(1, 1);
    await run.signal(SHIP_SIGNAL);
    await run.result();
    await expect(acknowledge(run, 'late')).resolves.toBeUndefined();
  });
});

describe('a parcel', () => {
  test.each([
    ['completed', 'COMPLETED', ['under way', 'delivered']],
    ['failed', 'FAILED', ['under way', 'lost']],
    ['cancelled', 'CANCELLED', ['under way', 'called back']],
    ['terminated', 'TERMINATED', ['under way']],
    ['timed out', 'TIMED_OUT', ['under way']],
    ['continued as new', 'COMPLETED', ['under way', 'with another carrier', 'delivered']],
    ['reset', 'COMPLETED', ['under way', 'delivered']],
  ] as const)('that is %s tells its reader so', async (fate, status, news) => {
    expect(await tellFate(lab.client, fate)).toEqual({ status, news });
  });

  test('that is taken back before what its reader has read says so', async () => {
    const run = await startParcel(lab.client, newId());
    const stream = WorkflowStreamClient.create(lab.client, run.workflowId);
    const reader = stream.topic<string>(NEWS).subscribe();
    await reader.next();
    await resetTo(run, 1);
    await expect(reader.next()).rejects.toMatchObject({ type: 'StreamReset' });
    await run.signal(FATE_SIGNAL, 'delivered');
    const again = stream.topic<string>(NEWS).subscribe();
    const news: string[] = [];
    for await (const { data } of again) news.push(data);
    expect(news).toEqual(['under way', 'delivered']);
  });

  test('has no fates but those', async () => {
    expect(Object.keys(FATES)).toHaveLength(7);
    await expect(tellFate(lab.client, 'stolen')).rejects.toThrow('There is no fate "stolen".');
  });
});

describe('a reader of a stream that has ended', () => {
  test('that comes back with its cursor gets nothing twice, and the status', async () => {
    const ending = { by: 'return' } as const;
    const run = await startShipment(lab.client, newId(), 'ours', { notices: 3, ending });
    await run.signal(SHIP_SIGNAL);
    await run.result();
    const stream = WorkflowStreamClient.create(lab.client, run.workflowId);
    const again = stream.topic<Notice>(NEWS).subscribe(3);
    expect(await again.next()).toEqual({ done: true, value: undefined });
    expect(again.status).toBe('COMPLETED');
  });

  test('is told that the workflow is unknown, once its history is removed', async () => {
    const ending = { by: 'return' } as const;
    const run = await startShipment(lab.client, newId(), 'ours', { notices: 3, ending });
    await run.signal(SHIP_SIGNAL);
    await run.result();
    const stream = WorkflowStreamClient.create(lab.client, run.workflowId);
    const halfway = stream.subscribe();
    await halfway.next();
    const { namespace } = lab.client.options;
    const workflowExecution = { workflowId: run.workflowId };
    await lab.client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
    // The server takes half a minute over it.
    await expect
      .poll(() => run.describe().catch(({ name }) => name), { timeout: 55_000, interval: 500 })
      .toBe('WorkflowNotFoundError');
    await expect(stream.subscribe().next()).rejects.toMatchObject({
      name: 'WorkflowNotFoundError',
    });
    // What it holds in its hands cannot be removed.
    expect((await halfway.next()).value).toMatchObject({ offset: 1 });
  });

  test('is told by our client what it cannot read from the official host', async () => {
    const ending = { by: 'return' } as const;
    const run = await startShipment(lab.client, newId(), 'official', { notices: 3, ending });
    await run.signal(SHIP_SIGNAL);
    await run.result();
    const late = readNotices(lab.client, run.workflowId, 'ours');
    await expect(late.next()).rejects.toMatchObject({ type: 'ReadIncomplete' });
  });
});
