import { type Lab, openLab } from 'streambook/lab';
import { startLlm } from 'streambook/llm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asked, askAndListen, failureOf } from './asking.ts';

const ANSWER = /^(A quorum is|Quorum means|By a quorum).* knows\.$/;

let lab: Lab;
beforeAll(async () => {
  lab = await openLab('llm');
});
afterAll(() => lab.close());

const ask = (settings: string): Promise<Asked> =>
  askAndListen(lab.client, { model: `scripted:short,fast${settings}` });

const kindsOf = ({ events }: Asked): string[] =>
  events.map(({ kind }) => kind).filter((kind, i, all) => kind !== all[i - 1]);

describe('an answer', () => {
  test('is told from its start to its end, and is the result of the workflow', async () => {
    const asked = await ask('');
    expect(kindsOf(asked)).toEqual(['start', 'delta', 'complete']);
    expect(asked.events[0]).toMatchObject({ model: 'scripted:short,fast', scripted: true });
    expect(asked.answer).toMatchObject({ status: 'complete', finish: 'stop', attempt: 1 });
    expect(asked.answer.text).toMatch(ANSWER);
    expect(await asked.handle.result()).toBe(asked.answer.text);
  });

  test('sends its first word at once, and the others in company', async () => {
    const model = 'scripted:short,fast';
    const { handle, events } = await askAndListen(lab.client, { model, batchMs: 60_000 });
    const { events: history } = await handle.fetchHistory();
    const batches = history?.flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
      const data = signal?.input?.payloads?.[0]?.data;
      return data ? [JSON.parse(Buffer.from(data).toString())] : [];
    });
    const topics = batches?.map(({ items }) => items.map((item: { topic: string }) => item.topic));
    expect(topics).toHaveLength(3);
    expect(topics?.[0]).toEqual(['start']);
    expect(topics?.[1]?.[0]).toBe('delta');
    expect(topics?.[2]?.length, 'the rest').toBeGreaterThan(events.length / 2);
  });

  test('that was cut at the limit of length is complete, and says so', async () => {
    const asked = await ask(',length');
    expect(asked.answer).toMatchObject({ status: 'complete', finish: 'length' });
    expect(await asked.handle.result()).toBe(asked.answer.text);
  });

  test('is cancelled with the workflow; what was said until then is in the stream', async () => {
    const asked = await askAndListen(
      lab.client,
      { model: 'scripted:short,stall' },
      ({ kind }, handle) => kind === 'delta' && handle.cancel(),
    );
    expect(asked.answer).toMatchObject({ status: 'writing', attempt: 1 });
    expect(asked.answer.text).not.toBe('');
    expect((await asked.handle.describe()).status.name).toBe('CANCELLED');
  });
});

describe('a fault that passes is tried again:', () => {
  test.concurrent.each(['429', '500', 'cut', 'reset', 'error', 'empty'])('%s', async (fault) => {
    const asked = await ask(`,${fault}-once`);
    expect(asked.answer).toMatchObject({ status: 'complete', attempt: 2 });
    expect(asked.events).toContainEqual(
      expect.objectContaining({ kind: 'failed', attempt: 1, again: true }),
    );
    expect(asked.events).toContainEqual({ kind: 'retry', attempt: 2 });
    expect(asked.answer.text).toMatch(ANSWER);
    expect(await asked.handle.result()).toBe(asked.answer.text);
  });
});

test('after three attempts the workflow fails, and the stream tells why', async () => {
  const asked = await ask(',500');
  expect(asked.events.filter(({ kind }) => kind === 'start')).toHaveLength(3);
  expect(asked.answer).toMatchObject({ status: 'failed', attempt: 3 });
  const failure = await failureOf(asked);
  expect(failure).toMatchObject({ type: 'ServerFailed', message: asked.answer.reason });
});

describe('a fault that stays is told after one attempt:', () => {
  test.concurrent.each([
    ['401', 'KeyRefused'],
    ['quota', 'NoCredit'],
    ['nonsense', 'RequestRefused'],
    ['filter', 'Filtered'],
    ['refusal', 'Refused'],
    ['long-429', 'RateLimited'],
  ])('%s', async (fault, type) => {
    const asked = await ask(`,${fault}`);
    expect(asked.answer).toMatchObject({ status: 'failed', attempt: 1 });
    expect(await failureOf(asked)).toMatchObject({ type, message: asked.answer.reason });
  });
});

test('a question that makes no sense starts no workflow', async () => {
  await expect(startLlm(lab.client, 'empty', { prompt: ' ' })).rejects.toThrow(RangeError);
  await expect(startLlm(lab.client, 'empty', { model: 'a b' })).rejects.toThrow(RangeError);
});
