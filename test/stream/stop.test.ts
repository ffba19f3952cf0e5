import { getEventListeners } from 'node:events';
import type { ConnectionLike } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { stoppable, stoppably } from '../../src/stream/stop.js';

/** Yields one item, then waits until the signal aborts, as a call to a server does. */
async function* oneThenWait(signal: AbortSignal): AsyncGenerator<number, void, undefined> {
  yield 1;
  await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('cancelled')));
  });
}

describe('stoppable', () => {
  test('return() ends an iterator that is waiting', async () => {
    const items = stoppable(oneThenWait);
    await items.next();
    const waiting = items.next();
    await items.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test('the caller’s signal ends an iterator that is waiting, without an error', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    for await (const item of stoppable(oneThenWait, stop.signal)) {
      seen.push(item);
      setImmediate(() => stop.abort());
    }
    expect(seen).toEqual([1]);
  });

  test('a signal that has aborted before yields nothing', async () => {
    const items = stoppable(oneThenWait, AbortSignal.abort());
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
    for await (const _ of stoppable(source)) break;
    expect(ended).toBe(true);
  });

  test('an error of the source is thrown', async () => {
    // biome-ignore lint/correctness/useYield: a source that fails before its first item
    const items = stoppable(async function* () {
      throw new Error('no such workflow');
    });
    await expect(items.next()).rejects.toThrow('no such workflow');
  });
});

describe('stoppably', () => {
  const connection = {
    withAbortSignal: (signal: AbortSignal, call: () => Promise<unknown>) =>
      Promise.race([
        call(),
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('cancelled')));
        }),
      ]),
  } as unknown as ConnectionLike;

  test('ends a call when the signal aborts', async () => {
    const stop = new AbortController();
    const call = stoppably(connection, stop.signal, () => new Promise(() => {}));
    stop.abort();
    await expect(call).rejects.toThrow('cancelled');
  });

  test('leaves no listener on the signal, however many calls it makes', async () => {
    const { signal } = new AbortController();
    for (let i = 0; i < 20; i++) await stoppably(connection, signal, async () => i);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
