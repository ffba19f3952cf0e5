/** Each wall of a run, met on a server on which it is near; what the official package does there, and ours. */
import { Client, Connection, WorkflowUpdateStage } from '@temporalio/client';
import { WorkflowStreamClient as OfficialClient } from '@temporalio/workflow-streams/client';
import { type SubscribeOptions, WorkflowStreamClient } from 'streambook/client';
import { type Side, startHost, WORDS, walk } from 'streambook/costs';
import { type Lab, openLab } from 'streambook/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLL_UPDATE, type PollInput, type PollResult } from '../../src/stream/wire.js';

let low: Lab;
let short: Lab;
beforeAll(async () => {
  low = await openLab('costs', {
    limits: { 'history.maxTotalUpdates': 20, 'history.maximumSignalsPerExecution': 40 },
  });
  short = await openLab('costs', {
    limits: { 'limit.historyCount.error': 120, 'limit.historyCount.suggestContinueAsNew': 60 },
  });
});
afterAll(async () => {
  await low?.close();
  await short?.close();
});

const detailsOf = (error: unknown) => (error as { cause?: { details?: string } }).cause?.details;

/** Publishes batch after batch to one reader; returns how many it got, and what stopped it. */
async function readAlong(
  lab: Lab,
  id: string,
  batches: number,
  client = WorkflowStreamClient,
  options: SubscribeOptions = {},
) {
  const stream = client.create(lab.client, id);
  const reader = stream.subscribe([], 0, { pollCooldown: 0, ...options });
  let read = 0;
  const error = await walk(stream, [reader], batches, () => read++).catch((reason) => reason);
  if (error === undefined) await reader.return();
  return { read, error };
}

const statusOf = async (lab: Lab, id: string) =>
  (await lab.client.workflow.getHandle(id).describe()).status.name;

describe('the updates of a run', () => {
  test('end an official reader when they are used up, and those of the workflow with it', async () => {
    const host = await startHost(low.client, 'official');
    const official = OfficialClient as unknown as typeof WorkflowStreamClient;
    const { read, error } = await readAlong(low, host.workflowId, 30, official);
    expect(read).toBe(20);
    expect(detailsOf(error)).toContain('limit on the total number of distinct updates');
    await expect(host.executeUpdate('touch')).rejects.toThrow();
    expect(await statusOf(low, host.workflowId)).toBe('RUNNING');
  });

  test('are left to the workflow by a quiet reader', async () => {
    const host = await startHost(low.client, 'ours');
    expect(await readAlong(low, host.workflowId, 30)).toEqual({ read: 30, error: undefined });
    expect(await host.executeUpdate('touch')).toBe(1);
  });
});

test('the updates of a run, when they are used up, leave a reader who waits by update to wait quietly', async () => {
  const host = await startHost(low.client, 'ours');
  const options = { wait: 'update' } as const;
  const outcome = await readAlong(low, host.workflowId, 30, WorkflowStreamClient, options);
  expect(outcome).toEqual({ read: 30, error: undefined });
  await expect(host.executeUpdate('touch')).rejects.toThrow();
});

describe('the updates under way', () => {
  const park = (lab: Lab, id: string) =>
    lab.client.workflow.getHandle(id).startUpdate<PollResult, [PollInput]>(POLL_UPDATE, {
      args: [{ topics: [], from_offset: 0 }],
      waitForStage: WorkflowUpdateStage.ACCEPTED,
    });

  test('are all taken by ten official readers who wait', async () => {
    const host = await startHost(low.client, 'official');
    await Promise.all(Array.from({ length: 10 }, () => park(low, host.workflowId)));
    const connection = await Connection.connect({ address: low.server.address, interceptors: [] });
    const impatient = new Client({ connection }).workflow.getHandle(host.workflowId);
    const refusal = await impatient.executeUpdate('touch').catch(detailsOf);
    expect(refusal).toContain('concurrent in-flight updates has been reached (10)');
    await connection.close();
  });

  test('have room for the workflow’s own on our host, whoever waits', async () => {
    const host = await startHost(low.client, 'ours');
    const polls = await Promise.all(Array.from({ length: 12 }, () => park(low, host.workflowId)));
    const refusals: unknown[] = [];
    const answers = polls.map((poll) =>
      poll.result().catch(({ cause }) => void refusals.push(cause?.type)),
    );
    expect(await host.executeUpdate('touch')).toBe(1);
    expect(refusals).toEqual(Array(4).fill('StreamDraining'));
    await host.signal('close');
    await Promise.all(answers);
  });
});

test('the signals of a run make our publisher wait for the next run, which has them all', async () => {
  const host = await startHost(low.client, 'ours');
  const stream = WorkflowStreamClient.create(low.client, host.workflowId, { maxBatchSize: 1 });
  for (let n = 0; n < 45; n++) stream.topic(WORDS).publish(n);
  const flushed = stream.flush();
  await expect.poll(() => stream.getOffset(), { timeout: 20_000 }).toBe(40);
  await host.executeUpdate('roll');
  await flushed;
  await expect.poll(() => stream.getOffset()).toBe(45);
});

describe('the events of a run', () => {
  test('end a workflow that does not continue as new: the server terminates it', async () => {
    const host = await startHost(short.client, 'ours');
    const { read } = await readAlong(short, host.workflowId, 60);
    // Four events a batch, and four of the start.
    expect(read).toBeGreaterThanOrEqual(26);
    expect(read).toBeLessThanOrEqual(32);
    await expect(host.result()).rejects.toMatchObject({
      cause: { message: 'Workflow history count exceeds limit.' },
    });
  });

  test.each<Side>(['ours', 'official'])(
    'are no wall for a workflow on the %s host that heeds the server',
    async (side) => {
      const host = await startHost(short.client, side, { heeds: true });
      const client = side === 'ours' ? WorkflowStreamClient : OfficialClient;
      const outcome = await readAlong(
        short,
        host.workflowId,
        60,
        client as typeof WorkflowStreamClient,
      );
      expect(outcome).toEqual({ read: 60, error: undefined });
      const { runId } = await short.client.workflow.getHandle(host.workflowId).describe();
      expect(runId).not.toBe(host.firstExecutionRunId);
      expect(await statusOf(short, host.workflowId)).toBe('RUNNING');
    },
  );
});

describe('sizes', () => {
  const roll = async (side: Side): Promise<string> => {
    // A little over two megabytes of JSON, which no input of a next run can carry. (Much more would keep
    // the official host at work for longer than a workflow task may take on a busy machine.)
    const host = await startHost(low.client, side, { fill: 17, fillLength: 100_000 });
    await host.executeUpdate('roll').catch(() => {});
    const next = low.client.workflow.getHandle(host.workflowId);
    await expect
      .poll(
        async () =>
          (await next.describe()).status.name !== 'RUNNING' ||
          (await next.describe()).runId !== host.firstExecutionRunId,
        { timeout: 20_000 },
      )
      .toBe(true);
    return statusOf(low, host.workflowId);
  };

  test('of a log that is too large end the workflow at a rollover on the official host, on ours not', async () => {
    expect(await roll('official')).toBe('TERMINATED');
    expect(await roll('ours')).toBe('RUNNING');
  });

  test('of an item over two megabytes are refused where it is published', async () => {
    const host = await startHost(low.client, 'ours');
    const stream = WorkflowStreamClient.create(low.client, host.workflowId);
    const words = stream.topic(WORDS);
    expect(() => words.publish('x'.repeat(2_000_000))).toThrow('Store the value elsewhere');
    // Together more than a message may have, so they travel apart.
    for (let n = 0; n < 4; n++) words.publish('x'.repeat(1_400_000));
    await stream.flush();
    await expect.poll(() => stream.getOffset()).toBe(4);
  });

  test('of a message over four megabytes are refused by the connection', async () => {
    const host = await startHost(low.client, 'ours');
    const connection = await Connection.connect({ address: low.server.address, interceptors: [] });
    const impatient = new Client({ connection }).workflow.getHandle(host.workflowId);
    const refusal = await impatient.signal('raw', 'x'.repeat(5_000_000)).catch(detailsOf);
    expect(refusal).toContain('received message larger than max');
    await connection.close();
  });
});
