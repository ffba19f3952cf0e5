import type { Hono } from 'hono';
import type { WorkflowStreamItem } from 'streambook/client';
import { StreamError } from 'streambook/client';
import { describe, expect, test } from 'vitest';
import { createLive } from '../../src/web/live.ts';
import { createRuns, type LaunchedRun, type Launcher } from '../../src/web/runs.ts';
import { fakeLauncher, openBook, post, request } from './book-under-test.ts';
import { parseEvents, receiveEvents } from './event-source.ts';

const EVENTS: WorkflowStreamItem<unknown>[] = [
  { offset: 0, topic: 'status', data: { kind: 'received' } },
  { offset: 1, topic: 'status', data: { kind: 'two\nlines' } },
  { offset: 2, topic: 'status', data: { kind: '<img onerror=alert(1)>' } },
];

type StartedRun = { id: string; events: string };

async function startRun(book: Hono): Promise<StartedRun> {
  const response = await post(book, { scenario: 'order', knobs: { card: 'ok' } });
  return (await response.json()) as StartedRun;
}

/** A launcher of which each run is read in the way that the test says. */
function launcherWith(reading: Pick<LaunchedRun, 'read'>): Launcher {
  const launcher = fakeLauncher();
  return {
    ...launcher,
    launch: async (id, knobs) => ({ ...(await launcher.launch(id, knobs)), ...reading }),
  };
}

describe('POST /api/runs', () => {
  test('answers where to follow the run', async () => {
    const response = await post(openBook(), { scenario: 'order', knobs: { card: 'declined' } });
    expect(response.status).toBe(201);
    const run = (await response.json()) as StartedRun;
    expect(run).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{12}$/),
      scenario: 'order',
      topics: ['status'],
      readers: ['reader'],
      knobs: { card: 'declined' },
      workflowId: `order-${run.id}`,
      uiUrl: expect.stringContaining(run.id),
      events: `/api/runs/${run.id}/events`,
    });
  });

  test.each([
    ['text that is not JSON', '{"scenario":', 'BadRequest'],
    ['no object', 'null', 'BadRequest'],
    ['no scenario', '{}', 'BadRequest'],
    ['a scenario that is no name', '{"scenario": ["order"]}', 'BadRequest'],
    ['an unknown scenario', '{"scenario": "rm -rf"}', 'UnknownScenario'],
    ['a scenario from the prototype', '{"scenario": "constructor"}', 'UnknownScenario'],
    ['a bad knob', '{"scenario": "order", "knobs": {"card": 1}}', 'BadKnob'],
  ])('refuses %s', async (_what, body, type) => {
    const response = await post(openBook(), body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: { type, message: expect.any(String) } });
  });

  test('refuses a body of more than 4 kB', async () => {
    const body = JSON.stringify({ scenario: 'order', knobs: { card: 'x'.repeat(5_000) } });
    const headers = { 'Content-Length': `${body.length}` };
    expect((await post(openBook(), body, headers)).status).toBe(413);
  });

  test('refuses one run too many with 429', async () => {
    const launchers = new Map([['order', fakeLauncher()]]);
    const book = openBook({ runs: createRuns({ launchers, maxActive: 1 }) });
    await startRun(book);
    const response = await post(book, { scenario: 'order' });
    expect(response.status).toBe(429);
  });
});

describe('GET /api/runs/:id', () => {
  test('finds a run again after a refresh', async () => {
    const book = openBook();
    const run = await startRun(book);
    expect(await (await request(book, `/api/runs/${run.id}`)).json()).toEqual(run);
  });

  test('answers 404 for a run that was not started here', async () => {
    const book = openBook();
    for (const path of ['/api/runs/none', '/api/runs/none/events']) {
      const response = await request(book, path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { type: 'UnknownRun' } });
    }
  });
});

describe('GET /api/runs/:id/events', () => {
  async function eventsOf(headers: Record<string, string> = {}, query = '') {
    const launcher = fakeLauncher({ reader: EVENTS });
    const book = openBook({ launcher });
    const run = await startRun(book);
    launcher.launched[0]?.end({ status: 'completed', result: 'charge-1' });
    return await request(book, `${run.events}${query}`, { headers });
  }

  test('sends each event under its topic with its offset, then the outcome', async () => {
    const received = parseEvents(await (await eventsOf()).text());
    expect(received.slice(0, -1)).toEqual(
      EVENTS.map((event) => ({
        event: 'status',
        id: `${event.offset}`,
        data: JSON.stringify(event),
      })),
    );
    expect(received.at(-1)).toEqual({
      event: 'end',
      data: '{"status":"completed","result":"charge-1"}',
    });
  });

  test('goes on after Last-Event-ID', async () => {
    const response = await eventsOf({ 'Last-Event-ID': '1' }, '?from=0');
    expect(parseEvents(await response.text()).map(({ id }) => id)).toEqual(['2', undefined]);
  });

  test('begins where the address says', async () => {
    const response = await eventsOf({}, '?from=1');
    expect(parseEvents(await response.text()).map(({ id }) => id)).toEqual(['1', '2', undefined]);
  });

  test('refuses an offset that is none', async () => {
    expect((await eventsOf({}, '?from=soon')).status).toBe(400);
  });

  test('is kept from caches, proxies and compression', async () => {
    const { headers } = await eventsOf();
    expect(headers.get('Content-Type')).toMatch(/^text\/event-stream/);
    expect(headers.get('Cache-Control')).toBe('no-store, no-transform');
    expect(headers.get('X-Accel-Buffering')).toBe('no');
  });

  test('stops reading the stream when the browser leaves', async () => {
    let stopped: () => void = () => {};
    const aborted = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    const launcher = launcherWith({
      async *read(_reader, _from, signal) {
        signal.addEventListener('abort', stopped);
        yield { offset: 0, topic: 'status', data: 'first' };
        await aborted;
      },
    });
    const book = openBook({ launcher });
    const response = await request(book, (await startRun(book)).events);
    for await (const { id } of receiveEvents(response)) {
      expect(id).toBe('0');
      break;
    }
    await aborted;
  });

  test('keeps a quiet connection alive with comments', async () => {
    const launcher = fakeLauncher({ reader: EVENTS.slice(0, 1) });
    const book = openBook({ launcher, heartbeatMs: 1 });
    const response = await request(book, (await startRun(book)).events);
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if (text.includes('\n: ')) break;
    }
    expect(parseEvents(text)).toHaveLength(1);
  });

  test('ends when the stream cannot be read, and says so to the terminal alone', async () => {
    const errors: unknown[] = [];
    const failure = new Error('internal detail');
    const launcher = launcherWith({
      // biome-ignore lint/correctness/useYield: it fails before its first event
      async *read() {
        throw failure;
      },
    });
    const book = openBook({ launcher, onError: (error) => errors.push(error) });
    const text = await (await request(book, (await startRun(book)).events)).text();
    expect(parseEvents(text)).toEqual([
      { event: 'end', data: expect.stringContaining('"status":"unknown"') },
    ]);
    expect(text).not.toContain('internal detail');
    expect(errors).toEqual([failure]);
  });
});

test('a browser that takes its events too slowly is sent away without an end, so that it comes back', async () => {
  const errors: unknown[] = [];
  const launcher = launcherWith({
    async *read(_reader, from) {
      yield* EVENTS.slice(from, from + 2);
      if (from < 2) throw new StreamError('TooSlow', 'Too slow.\n\nSubscribe from 2.');
    },
  });
  const book = openBook({ launcher, onError: (error) => errors.push(error) });
  const run = await startRun(book);
  const text = await (await request(book, run.events)).text();
  expect(parseEvents(text).map(({ id }) => id)).toEqual(['0', '1']);
  expect(text).toContain(': Too slow. Subscribe from 2.\n\n');
  expect(errors).toEqual([]);
});

describe('a run with several readers', () => {
  const gap = { from: 1, to: 4 };
  const item = (offset: number): WorkflowStreamItem<unknown> => ({
    offset,
    topic: 'status',
    data: `${offset}`,
  });
  const met = { fast: [0, 1, 2, 3, 4].map(item), slow: [item(0), gap, item(4)] };

  async function read(query: string, lastEventId = '') {
    const launcher = fakeLauncher(met);
    const book = openBook({ launcher });
    const run = await startRun(book);
    launcher.launched[0]?.end({ status: 'completed', result: '' });
    // An empty one is none, as for a browser that has received nothing yet.
    const headers = { 'Last-Event-ID': lastEventId };
    const response = await request(book, `${run.events}${query}`, { headers });
    return parseEvents(await response.text()).map(({ event, id }) =>
      id ? `${event} ${id}` : event,
    );
  }

  test('has an event stream for each, with its gaps among its items', async () => {
    const all = ['status 0', 'status 1', 'status 2', 'status 3', 'status 4', 'end'];
    expect(await read('?reader=fast')).toEqual(all);
    expect(await read('?reader=slow')).toEqual(['status 0', 'gap 3', 'status 4', 'end']);
  });

  test('is read by the first of them when none is named', async () => {
    expect(await read('')).toHaveLength(6);
  });

  test('goes on after Last-Event-ID for each, and behind a gap that was told', async () => {
    expect(await read('?reader=fast', '2')).toEqual(['status 3', 'status 4', 'end']);
    expect(await read('?reader=slow', '0')).toEqual(['gap 3', 'status 4', 'end']);
    expect(await read('?reader=slow', '3')).toEqual(['status 4', 'end']);
  });

  test('tells a gap by the offsets that are gone', async () => {
    const launcher = fakeLauncher({ slow: [gap] });
    const book = openBook({ launcher });
    const run = await startRun(book);
    launcher.launched[0]?.end({ status: 'completed', result: '' });
    const [told] = parseEvents(await (await request(book, run.events)).text());
    expect(told).toEqual({ event: 'gap', id: '3', data: '{"from":1,"to":4}' });
  });

  test.each(['other', 'constructor', ''])('refuses a reader that it has not: %j', async (name) => {
    const book = openBook({ launcher: fakeLauncher(met) });
    const response = await request(book, `${(await startRun(book)).events}?reader=${name}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: 'UnknownReader' } });
  });
});

describe('the state of the live book', () => {
  test('is told with the scenarios and their knobs', async () => {
    const response = await request(openBook(), '/api/health');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await response.json()).toEqual({
      server: { state: 'starting' },
      workers: {},
      build: '',
      scenarios: {
        order: {
          topics: ['status'],
          knobs: {
            card: {
              kind: 'choice',
              label: 'card',
              isLive: false,
              default: 'ok',
              options: [
                { value: 'ok', name: 'ok' },
                { value: 'declined', name: 'declined' },
              ],
            },
          },
          readers: ['reader'],
          actions: { note: { label: 'Note', maxLength: 20 }, close: { label: 'Close' } },
        },
      },
      canKillWorkers: false,
    });
  });

  test('reaches open pages at once and after each change', async () => {
    const live = createLive();
    const response = await request(openBook({ live }), '/api/live');
    const builds: string[] = [];
    for await (const { event, data } of receiveEvents(response)) {
      expect(event).toBe('state');
      builds.push(JSON.parse(data).build);
      if (builds.length === 3) break;
      live.update({ build: `${builds.length}` });
    }
    expect(builds).toEqual(['', '1', '2']);
  });

  test('has a worker for each scenario, and a change of one leaves the others', () => {
    const live = createLive();
    live.updateWorker('order', 'ready');
    live.updateWorker('hub', 'starting');
    live.updateWorker('order', 'restarting');
    expect(live.state().workers).toEqual({ order: 'restarting', hub: 'starting' });
  });
});

test('an address that the API does not have is answered as JSON', async () => {
  const response = await request(openBook(), '/api/nothing');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { type: 'NotFound' } });
});
