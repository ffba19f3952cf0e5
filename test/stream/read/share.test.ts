import type { WorkflowClient } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { callOnce } from '../../../src/stream/read/share.js';

/** A client that tells when a call was ended from outside. */
function fakeClient() {
  const ended: AbortSignal[] = [];
  const connection = {
    withDeadline: (_: number, call: () => unknown) => call(),
    withAbortSignal(signal: AbortSignal, call: () => unknown) {
      signal.addEventListener('abort', () => ended.push(signal));
      return call();
    },
  };
  return { client: { connection } as unknown as WorkflowClient, ended };
}

/** A call that is answered when the test says so. */
function slowCall() {
  const calls: ((answer: string) => void)[] = [];
  const call = () => new Promise<string>((resolve) => calls.push(resolve));
  return { call, calls };
}

const { signal } = new AbortController();

describe('a question of several readers', () => {
  test('is asked once while it is under way, and again by who comes later', async () => {
    const { client } = fakeClient();
    const { call, calls } = slowCall();
    const ask = () => callOnce(client, ['run', 7], signal, 1_000, call);
    const answers = Promise.all([ask(), ask(), ask()]);
    expect(calls).toHaveLength(1);
    calls[0]?.('first');
    expect(await answers).toEqual(['first', 'first', 'first']);
    const later = ask();
    expect(calls).toHaveLength(2);
    calls[1]?.('second');
    expect(await later).toBe('second');
  });

  test('is another one when anything in it differs, or the client', async () => {
    const { call, calls } = slowCall();
    const { client } = fakeClient();
    const all = [
      callOnce(client, ['run', 7], signal, 1_000, call),
      callOnce(client, ['run', 8], signal, 1_000, call),
      callOnce(fakeClient().client, ['run', 7], signal, 1_000, call),
    ];
    expect(calls).toHaveLength(3);
    for (const answer of calls) answer('done');
    await Promise.all(all);
  });

  test('goes on while one of them waits, and ends with the last who leaves', async () => {
    const { client, ended } = fakeClient();
    const { call } = slowCall();
    const [one, other] = [new AbortController(), new AbortController()];
    const first = callOnce(client, 'q', one.signal, 1_000, call);
    const second = callOnce(client, 'q', other.signal, 1_000, call);
    one.abort();
    await expect(first).rejects.toThrow('aborted');
    expect(ended).toHaveLength(0);
    other.abort();
    await expect(second).rejects.toThrow('aborted');
    expect(ended).toHaveLength(1);
  });

  test('that fails fails for all who asked it', async () => {
    const { client } = fakeClient();
    const ask = () =>
      callOnce(client, 'q', signal, 1_000, () => Promise.reject(new Error('no such run')));
    const [one, other] = await Promise.allSettled([ask(), ask()]);
    for (const { status } of [one, other]) expect(status).toBe('rejected');
  });
});
