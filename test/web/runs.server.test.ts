import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, openLab } from 'streambook/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/web/app.ts';
import { orderLauncher } from '../../src/web/launch-order.ts';
import { type Listening, listen } from '../../src/web/listen.ts';
import { createLive } from '../../src/web/live.ts';
import { createRuns } from '../../src/web/runs.ts';
import { type ReceivedEvent, receiveEvents } from './event-source.ts';

/** The book over real HTTP, in front of a real Temporal server and a worker in a process of its own. */
let lab: Lab;
let http: Listening;
const pagesDirectory = mkdtempSync(join(tmpdir(), 'streambook-web-'));

beforeAll(async () => {
  lab = await openLab('order');
  const launchers = new Map([['order', orderLauncher(() => ({ client: lab.client }))]]);
  const runs = createRuns({ launchers });
  http = await listen((port) => createApp({ pagesDirectory, port, runs, live: createLive() }));
});

afterAll(async () => {
  await http?.close();
  await lab?.close();
  rmSync(pagesDirectory, { recursive: true });
});

async function startOrder(card: 'ok' | 'declined') {
  const response = await fetch(`${http.url}/api/runs`, {
    method: 'POST',
    headers: { Origin: http.url, 'Content-Type': 'application/json' },
    body: JSON.stringify({ scenario: 'order', knobs: { card } }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; events: string };
}

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
