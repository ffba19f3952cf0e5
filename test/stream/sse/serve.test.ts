import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { StreamError } from '../../../src/stream/errors.ts';
import type { StreamReading } from '../../../src/stream/sse/encode.ts';
import { serveStream } from '../../../src/stream/sse/serve.ts';
import { parseEvents } from '../../web/event-source.ts';

const item = (offset: number) => ({ offset, topic: 'status', data: offset });

const asking = (query = '', headers = {}) =>
  new Request(`http://127.0.0.1/events${query}`, { headers });

/** A stream of three items. */
async function* three(from: number): AsyncGenerator<StreamReading> {
  for (let offset = from; offset < 3; offset++) yield item(offset);
}

async function* failing(error: unknown): AsyncGenerator<StreamReading> {
  yield item(0);
  throw error;
}

const eventsOf = async (response: Response) => parseEvents(await response.text());

test('a stream is served to its end, which says how it ended', async () => {
  const response = serveStream(asking(), three, { end: async () => ({ status: 'completed' }) });
  expect(await eventsOf(response)).toEqual([
    ...[0, 1, 2].map((n) => ({ event: 'status', id: `${n}`, data: JSON.stringify(item(n)) })),
    { event: 'end', data: '{"status":"completed"}' },
  ]);
});

test('who comes back goes on where it was', async () => {
  const events = await eventsOf(serveStream(asking('?from=0', { 'Last-Event-ID': '1' }), three));
  expect(events.map(({ id }) => id)).toEqual(['2', undefined]);
});

test('who asks for no offset is told so, and nothing is read', async () => {
  const read = vi.fn(three);
  const response = serveStream(asking('?from=x'), read);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    error: { type: 'InvalidOffset', message: 'from must be an offset: a whole number, 0 or more.' },
  });
  expect(read).not.toHaveBeenCalled();
});

test('a stream that a server leaves has no end: the browser is to come back', async () => {
  const stop = new AbortController();
  async function* endless(_: number, signal: AbortSignal): AsyncGenerator<StreamReading> {
    yield item(0);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  }
  const events = eventsOf(serveStream(asking(), endless, { stop: stop.signal }));
  await nextTurn();
  stop.abort();
  expect((await events).map(({ event }) => event)).toEqual(['status']);
});

test('an end that says nothing is one all the same', async () => {
  const events = await eventsOf(serveStream(asking('?from=3'), three, { end: () => undefined }));
  expect(events).toEqual([{ event: 'end', data: 'null' }]);
});

describe('a reading that fails', () => {
  test('is told, and is the end: a browser that came back would meet it again', async () => {
    const onError = vi.fn();
    const failure = new StreamError('StreamReset', 'another log');
    const events = await eventsOf(serveStream(asking(), () => failing(failure), { onError }));
    expect(events.map(({ event }) => event)).toEqual(['status', 'end']);
    expect(events.at(-1)?.data).toMatch(/"unknown"/);
    expect(onError).toHaveBeenCalledExactlyOnceWith(failure);
  });

  test('because its browser was too slow has no end, so that the browser comes back', async () => {
    const onError = vi.fn();
    const tooSlow = new StreamError('TooSlow', 'slower than\nthe stream');
    const text = await serveStream(asking(), () => failing(tooSlow), { onError }).text();
    expect(parseEvents(text).map(({ event }) => event)).toEqual(['status']);
    expect(text).toMatch(/\n: slower than the stream\n\n$/);
    expect(onError).not.toHaveBeenCalled();
  });

  test('after the browser has left is nobody’s', async () => {
    const onError = vi.fn();
    async function* left(_: number, signal: AbortSignal): AsyncGenerator<StreamReading> {
      yield item(0);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new Error('left');
    }
    const response = serveStream(asking(), left, { onError });
    await response.body?.cancel();
    await vi.waitFor(() => expect(onError).not.toHaveBeenCalled());
  });
});
