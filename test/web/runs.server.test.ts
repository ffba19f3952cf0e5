import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkflowStreamClient } from 'streambook/client';
import { type Lab, openLab, startWorker, type WorkerProcess } from 'streambook/lab';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createApp } from '../../src/web/app.ts';
import { openLaunchers } from '../../src/web/launchers.ts';
import { type Listening, listen } from '../../src/web/listen.ts';
import { createLive } from '../../src/web/live.ts';
import { createRuns } from '../../src/web/runs.ts';
import { type ReceivedEvent, receiveEvents } from './event-source.ts';

/** The book over real HTTP, in front of a real Temporal server and a worker in a process of its own. */
let lab: Lab;
let tickerWorker: WorkerProcess;
let http: Listening;
const pagesDirectory = mkdtempSync(join(tmpdir(), 'streambook-web-'));

beforeAll(async () => {
  lab = await openLab('order');
  tickerWorker = await startWorker('ticker', lab.server);
  const report = (error: unknown) => expect.unreachable(String(error));
  const launchers = openLaunchers(() => ({ client: lab.client }), report);
  const runs = createRuns({ launchers });
  http = await listen((port) => createApp({ pagesDirectory, port, runs, live: createLive() }));
});

afterAll(async () => {
  await http?.close();
  await tickerWorker?.stop();
  await lab?.close();
  rmSync(pagesDirectory, { recursive: true });
});

async function start(scenario: string, knobs: Record<string, string | number>) {
  const response = await fetch(`${http.url}/api/runs`, {
    method: 'POST',
    headers: { Origin: http.url, 'Content-Type': 'application/json' },
    body: JSON.stringify({ scenario, knobs }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; events: string };
}

const startOrder = (card: 'ok' | 'declined') => start('order', { card });

async function follow(
  path: string,
  headers: Record<string, string> = {},
  atMost = Number.POSITIVE_INFINITY,
) {
  const received: ReceivedEvent[] = [];
  for await (const event of receiveEvents(await fetch(`${http.url}${path}`, { headers }))) {
    received.push(event);
    if (received.length === atMost) break;
  }
  return received;
}

const ids = (events: ReceivedEvent[]) => events.flatMap(({ id }) => id ?? []);

describe('an order in the browser', () => {
  test('is six events of two topics and then its result', async () => {
    const run = await startOrder('ok');
    const received = await follow(run.events);
    const lines = received.map(({ event, data }) => [event, JSON.parse(data).data]);
    expect(lines.slice(0, -1)).toEqual([
      ['status', { kind: 'received', orderId: run.id }],
      ['progress', { message: 'charging card…' }],
      ['progress', { message: 'card charged' }],
      ['progress', { message: `charge id: charge-${run.id}` }],
      ['status', { kind: 'shipped', orderId: run.id }],
      ['status', { kind: 'complete', orderId: run.id }],
    ]);
    expect(ids(received)).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(received.at(-1)?.event).toBe('end');
    expect(JSON.parse(`${received.at(-1)?.data}`)).toEqual({
      status: 'completed',
      result: `charge-${run.id}`,
    });
  });

  test('whose card is declined ends with what the payment said', async () => {
    const run = await startOrder('declined');
    const received = await follow(run.events);
    expect(received.map(({ event }) => event)).toEqual(['status', 'progress', 'progress', 'end']);
    expect(JSON.parse(`${received.at(-1)?.data}`)).toEqual({
      status: 'failed',
      message: 'The card was declined.',
    });
  });

  test('goes on where a lost connection stopped, with nothing missing and nothing twice', async () => {
    const run = await startOrder('ok');
    const before = await follow(run.events, {}, 2);
    const lastEventId = `${ids(before).at(-1)}`;
    const after = await follow(run.events, { 'Last-Event-ID': lastEventId });
    expect(ids([...before, ...after])).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(after.at(-1)?.event).toBe('end');
  });

  test('that has ended is read again from its beginning by a refreshed page', async () => {
    const run = await startOrder('ok');
    const first = await follow(run.events);
    expect(await follow(run.events)).toEqual(first);
  });
});

test('a run is read once, however many browsers look at it', async () => {
  const subscribe = vi.spyOn(WorkflowStreamClient.prototype, 'subscribe');
  onTestFinished(() => subscribe.mockRestore());
  const run = await startOrder('ok');
  const all = await Promise.all([...Array(25)].map(() => follow(run.events)));
  for (const received of all) expect(ids(received)).toEqual(['0', '1', '2', '3', '4', '5']);
  // Who comes when it has ended begins another reading, which others may share.
  expect(subscribe.mock.calls.length).toBeLessThanOrEqual(2);
});

describe('a ticker in the browser', () => {
  /** The offsets that a reader was told of, seen or dropped, in the order in which it was. */
  function toldOf(events: ReceivedEvent[]): number[] {
    return events.flatMap(({ event, data }) => {
      const { from, to, offset } = JSON.parse(data);
      if (event === 'gap') return Array.from({ length: to - from }, (_, index) => from + index);
      return event === 'ticks' ? [offset] : [];
    });
  }
  const ALL = [...Array(30).keys()];

  test('is told whole to each of its readers: what they saw, and what was dropped before', async () => {
    const run = await start('ticker', { interval: 0.2 });
    const [fast, slow] = await Promise.all([
      follow(`${run.events}?reader=fast`),
      follow(`${run.events}?reader=slow`),
    ]);
    for (const events of [fast, slow]) {
      expect(toldOf(events)).toEqual(ALL);
      expect(events.at(-2)?.id).toBe('29');
      expect(events.at(-1)?.event).toBe('end');
    }
    expect(slow.map(({ event }) => event)).toContain('gap');
  });

  test('goes on for a slow reader that lost its connection at a gap, and tells the gap once', async () => {
    const run = await start('ticker', { interval: 0.2 });
    const path = `${run.events}?reader=slow`;
    const before: ReceivedEvent[] = [];
    for await (const event of receiveEvents(await fetch(`${http.url}${path}`))) {
      before.push(event);
      if (event.event === 'gap') break;
    }
    const after = await follow(path, { 'Last-Event-ID': `${before.at(-1)?.id}` });
    expect(toldOf([...before, ...after])).toEqual(ALL);
  });
});
