import { getEventListeners } from 'node:events';
import type { ConnectionLike } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { callUntilAborted, stoppableIterator } from '../../../src/stream/read/stop.js';

/** Yields one item, then waits until the signal aborts, as a call to a server does. */
async function* oneThenWait(signal: AbortSignal): AsyncGenerator<number, void, undefined> {
  yield 1;
  await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('cancelled')));
  });
}

describe('a stoppable iterator', () => {
  test('return() ends an iterator that is waiting', async () => {
    const items = stoppableIterator(oneThenWait);
    await items.next();
    const waiting = items.next();
    await items.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test('the caller’s signal ends an iterator that is waiting, without an error', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    for await (const item of stoppableIterator(oneThenWait, stop.signal)) {
      seen.push(item);
      setImmediate(() => stop.abort());
    }
    expect(seen).toEqual([1]);
  });

  test('a signal that has aborted before yields nothing', async () => {
    const items = stoppableIterator(oneThenWait, AbortSignal.abort());
    expect((await items.next()).done).toBe(true);
  });

  test('break ends the source as well', async () => {
    let ended = false;
    const source = async function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        ended = true;
      }
    };
    for await (const _ of stoppableIterator(source)) break;
    expect(ended).toBe(true);
  });

  test('leaves nothing on the caller’s signal when it has ended, was left or has failed', async () => {
    const { signal } = new AbortController();
    const one = async function* () {
      yield 1;
    };
    // biome-ignore lint/correctness/useYield: a source that fails before its first item
    const failing = async function* () {
      throw new Error('no such workflow');
    };
    for await (const _ of stoppableIterator(one, signal));
    for await (const _ of stoppableIterator(one, signal)) break;
    await stoppableIterator<number>(failing, signal)
      .next()
      .catch(() => {});
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('an error of the source is thrown', async () => {
    // biome-ignore lint/correctness/useYield: a source that fails before its first item
    const items = stoppableIterator(async function* () {
      throw new Error('no such workflow');
    });
    await expect(items.next()).rejects.toThrow('no such workflow');
  });
});

describe('a call', () => {
  let told = false;
  const connection = {
    withAbortSignal(signal: AbortSignal, call: () => Promise<unknown>) {
      signal.addEventListener('abort', () => {
        told = true;
      });
      return call();
    },
  } as unknown as ConnectionLike;

  test('ends when the signal aborts, and the connection is told', async () => {
    const stop = new AbortController();
    const call = callUntilAborted(connection, stop.signal, () => new Promise(() => {}));
    stop.abort();
    await expect(call).rejects.toThrow('aborted');
    expect(told).toBe(true);
  });

  test('leaves no listener on the signal, however many there are', async () => {
    const { signal } = new AbortController();
    for (let i = 0; i < 20; i++) await callUntilAborted(connection, signal, async () => i);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
