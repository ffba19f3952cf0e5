import type { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complete, type Piece } from '../../src/llm/completion.ts';
import { failureOf } from '../../src/llm/failures.ts';
import { chooseModel, type Model } from '../../src/llm/model.ts';
import { type ScriptedServer, startScriptedServer } from '../../src/llm/scripted/server.ts';

const KEY = 'sk-very-secret';
let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

/** A model of a server that wants a key; the scripted names are unknown to `chooseModel` then. */
async function model(settings: string): Promise<Model> {
  const env = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: server.url };
  return {
    ...(await chooseModel('gpt', env)),
    name: `scripted:fast,short${settings && `,${settings}`}`,
  };
}

interface Asking {
  attempt?: number;
  signal?: AbortSignal;
  silenceMs?: number;
}

async function ask(settings: string, asking: Asking = {}): Promise<Piece[]> {
  const { attempt = 1, signal = new AbortController().signal, silenceMs = 5_000 } = asking;
  const options = { prompt: 'Why?', requestId: `run-${attempt}`, signal, silenceMs };
  const pieces: Piece[] = [];
  for await (const piece of complete(await model(settings), options)) pieces.push(piece);
  return pieces;
}

const textOf = (pieces: Piece[]): string => pieces.map(({ text }) => text).join('');

async function failure(settings: string, asking?: Asking): Promise<ApplicationFailure> {
  const error = await ask(settings, asking).catch((reason: unknown) => reason);
  expect(error, 'the model answered').toBeInstanceOf(Error);
  return failureOf(error, KEY);
}

describe('an answer', () => {
  test('comes in pieces, of which the last tells that the model has finished', async () => {
    const pieces = await ask('');
    expect(pieces.length).toBeGreaterThan(20);
    expect(textOf(pieces)).toMatch(/^A quorum is .* knows\.$/);
    expect(pieces.at(-1)).toEqual({ text: '', finish: 'stop' });
  });

  test('begins in other words at another attempt', async () => {
    expect(textOf(await ask('', { attempt: 2 }))).not.toBe(textOf(await ask('')));
  });

  test('that was cut at the limit of length says so', async () => {
    expect((await ask('length')).at(-1)).toEqual({ text: '', finish: 'length' });
  });

  test('a fault that happens once spares the second attempt', async () => {
    await expect(ask('500-once')).rejects.toThrow();
    expect(textOf(await ask('500-once', { attempt: 2 }))).toContain('knows.');
  });
});

describe('asking again helps when', () => {
  test.each([
    ['429', 'RateLimited', 'Too many requests'],
    ['500', 'ServerFailed', 'has failed'],
    ['503', 'ServerFailed', 'overloaded'],
    ['cut', 'CutShort', 'broke off half-way.'],
    ['reset', 'CutShort', 'broke off half-way: '],
    ['error', 'CutShort', 'The server had an error'],
    ['empty', 'EmptyAnswer', 'answered nothing'],
  ])('the server does %s', async (settings, type, message) => {
    const failed = await failure(settings);
    expect(failed).toMatchObject({ type, nonRetryable: false });
    expect(failed.message).toContain(message);
  });

  test('the server falls silent in the middle', async () => {
    const failed = await failure('stall', { silenceMs: 100 });
    expect(failed).toMatchObject({ type: 'FellSilent', nonRetryable: false });
  });

  test('no server listens, and the error names the reason', async () => {
    const gone = await startScriptedServer();
    gone.close();
    const { openai, ...rest } = await chooseModel('gpt', { OPENAI_BASE_URL: gone.url });
    const { signal } = new AbortController();
    const pieces = complete({ openai, ...rest }, { prompt: 'Why?', requestId: 'run-1', signal });
    const failed = failureOf(await pieces.next().catch((reason: unknown) => reason), KEY);
    expect(failed).toMatchObject({ type: 'Unreached', nonRetryable: false });
    expect(failed.message).toContain('ECONNREFUSED');
  });
});

describe('asking again is no use when', () => {
  test.each([
    ['401', 'KeyRefused', 'Check OPENAI_API_KEY'],
    ['403', 'KeyRefused', 'Check OPENAI_API_KEY'],
    ['quota', 'NoCredit', 'no credit left'],
    ['400', 'RequestRefused', 'Unsupported value'],
    ['nonsense', 'RequestRefused', 'does not exist'],
    ['filter', 'Filtered', 'content filter'],
    ['refusal', 'Refused', 'I cannot help with that.'],
    ['long-429', 'RateLimited', 'asks to wait 3600 s'],
  ])('the server does %s', async (settings, type, message) => {
    const failed = await failure(settings);
    expect(failed).toMatchObject({ type, nonRetryable: true });
    expect(failed.message).toContain(message);
  });
});

test('a rate limit is waited for as long as the server asks', async () => {
  expect((await failure('429')).nextRetryDelay).toBe(1_000);
});

test('what a server says is cut, and cannot command a terminal', () => {
  const failed = failureOf(new Error(`<html>\n\u001b[2J${'x'.repeat(1_000)}`), KEY);
  expect(failed.message).toMatch(/^The answer broke off half-way: <html> \[2Jx+….?$/);
  expect(failed.message.length).toBeLessThan(400);
});

test('the key is in no failure, even if the server repeats it', async () => {
  for (const settings of ['400', '401', '403', 'nonsense', 'reset']) {
    const failed = await failure(settings);
    expect(JSON.stringify([failed.message, failed.stack, failed.details])).not.toContain(KEY);
    expect(failed.cause, 'the cause holds the request').toBeUndefined();
  }
  expect((await failure('400')).message).toContain('[key]');
});

test('who no longer wants the answer ends the request', async () => {
  const unwanted = new AbortController();
  const reason = new Error('cancelled');
  setImmediate(() => unwanted.abort(reason));
  await expect(ask('slow', { signal: unwanted.signal })).rejects.toThrow();
});
