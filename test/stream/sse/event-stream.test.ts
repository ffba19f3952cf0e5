import { getEventListeners, once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { describe, expect, test, vi } from 'vitest';
import { toBytes } from '../../../src/stream/sse/encode.ts';
import { eventStream } from '../../../src/stream/sse/event-stream.ts';

/** Reads an answer piece by piece, as a connection would take it. */
function open(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('The answer has no body.');
  return { next: async () => (await reader.read()).value, leave: () => reader.cancel() };
}

test('an answer says how soon to come back, is cached by nobody and held back by no proxy', async () => {
  const response = eventStream(async () => {}, { headers: { 'X-Own': 'yes' } });
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-own': 'yes',
  });
  expect(await response.text()).toBe('retry: 1000\n\n');
});

test('an answer ends when everything was sent', async () => {
  const response = eventStream(async ({ send }) => {
    await send(toBytes('one\n\n'));
    await send(toBytes('two\n\n'));
  });
  expect(await response.text()).toBe('retry: 1000\n\none\n\ntwo\n\n');
});

test('a quiet connection hears something now and then', async () => {
  vi.useFakeTimers();
  try {
    const answer = open(eventStream(() => new Promise(() => {}), { heartbeatMs: 15_000 }));
    await answer.next();
    const next = answer.next();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await next).toBe(': still here\n\n');
    await answer.leave();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

describe('a browser that takes nothing', () => {
  test('holds back what is sent to it when enough waits, and gets no heartbeats on top', async () => {
    let sent = 0;
    const response = eventStream(
      async ({ send }) => {
        for (; sent < 100; sent++) await send(toBytes('x'.repeat(10)));
      },
      { highWaterMark: 100, heartbeatMs: 1 },
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent).toBeLessThan(12);
    // What waits is taken, and the rest comes.
    const text = await response.text();
    expect(text.replaceAll(/[^x]/g, '')).toHaveLength(1_000);
    expect(sent).toBe(100);
  });

  test('is hung up on when it does so for long, though something waits for it', async () => {
    vi.useFakeTimers();
    try {
      const onError = vi.fn();
      let isAborted = false;
      const response = eventStream(
        async ({ send, signal }) => {
          while (!signal.aborted) await send(toBytes('x'.repeat(10)));
          isAborted = true;
        },
        { highWaterMark: 100, patienceMs: 60_000, onError },
      );
      await vi.advanceTimersByTimeAsync(59_999);
      expect(isAborted).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(isAborted).toBe(true);
      expect(vi.getTimerCount()).toBe(0);
      await expect(response.text()).rejects.toThrow('taken nothing for 60 s');
      expect(onError).not.toHaveBeenCalled();
    } finally {
      vi.useRealTimers();
    }
  });

  test('is hung up on over a real connection, too', async () => {
    const fetchEvents = () =>
      eventStream(
        async ({ send, signal }) => {
          while (!signal.aborted) await send(toBytes('x'.repeat(100_000)));
        },
        { patienceMs: 50 },
      );
    const server = createServer(getRequestListener(fetchEvents));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const browser = connect((server.address() as AddressInfo).port, '127.0.0.1');
    try {
      browser.write('GET / HTTP/1.1\r\nHost: book\r\n\r\n');
      const [socket] = await once(server, 'connection');
      await new Promise((resolve) => socket.once('close', resolve));
    } finally {
      browser.destroy();
      server.close();
    }
  });

  test('and leaves, ends what waits for it', async () => {
    const ended = vi.fn();
    const response = eventStream(
      async ({ send, signal }) => {
        while (!signal.aborted) await send(toBytes('x'.repeat(10)));
        ended();
      },
      { highWaterMark: 100 },
    );
    await response.body?.cancel();
    await nextTurn();
    expect(ended).toHaveBeenCalledOnce();
  });
});

describe('a server that is about to go away', () => {
  test('closes the answer, and nothing more is sent', async () => {
    const stop = new AbortController();
    const response = eventStream(
      async ({ send, signal }) => {
        await send(toBytes('one\n\n'));
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await send(toBytes('two\n\n'));
      },
      { stop: stop.signal },
    );
    const text = response.text();
    await nextTurn();
    stop.abort();
    expect(await text).toBe('retry: 1000\n\none\n\n');
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });

  test('does not wait for a browser that takes nothing', async () => {
    const stop = new AbortController();
    const ended = vi.fn();
    eventStream(
      async ({ send, signal }) => {
        while (!signal.aborted) await send(toBytes('x'.repeat(10)));
        ended();
      },
      { highWaterMark: 100, stop: stop.signal },
    );
    await nextTurn();
    expect(ended).not.toHaveBeenCalled();
    stop.abort();
    await nextTurn();
    expect(ended).toHaveBeenCalledOnce();
  });

  test('answers who comes too late with nothing', async () => {
    const response = eventStream(async () => {}, { stop: AbortSignal.abort() });
    expect(await response.text()).toBe('');
  });
});

describe('a failure', () => {
  test('is told, and ends the answer', async () => {
    const onError = vi.fn();
    const failure = new Error('broken');
    const response = eventStream(() => Promise.reject(failure), { onError });
    expect(await response.text()).toBe('retry: 1000\n\n');
    expect(onError).toHaveBeenCalledExactlyOnceWith(failure);
  });

  test('after the browser has left is nobody’s', async () => {
    const onError = vi.fn();
    const response = eventStream(
      async ({ signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw new Error('left');
      },
      { onError },
    );
    await response.body?.cancel();
    await nextTurn();
    expect(onError).not.toHaveBeenCalled();
  });
});
