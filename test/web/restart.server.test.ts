/** A reader of a run whose web server is killed in the middle, and started again after a while. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { type Lab, openLab } from 'streambook/lab';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { followEvents } from '../../src/stream/sse/follow-events.ts';
import { createApp } from '../../src/web/app.ts';
import { openLaunchers } from '../../src/web/launchers.ts';
import { listen } from '../../src/web/listen.ts';
import { createLive } from '../../src/web/live.ts';
import { openRunStore } from '../../src/web/run-store.ts';
import { createRuns } from '../../src/web/runs.ts';

let lab: Lab;
const folder = mkdtempSync(join(tmpdir(), 'streambook-web-'));

beforeAll(async () => {
  lab = await openLab('pipeline');
});
afterAll(async () => {
  await lab?.close();
  rmSync(folder, { recursive: true });
});

/** The application of a process of the book that has just begun. */
function bookOf(port: number, isConnected: () => boolean) {
  const report = (error: unknown) => expect.unreachable(String(error));
  const connection = () => (isConnected() ? { client: lab.client } : undefined);
  const store = openRunStore(join(folder, 'runs.json'));
  const runs = createRuns({ launchers: openLaunchers(connection, report), store });
  return createApp({ pagesDirectory: folder, port, runs, live: createLive() });
}

test('it waits for the server, then for Temporal, and goes on where it was', async () => {
  const first = await listen((port) => bookOf(port, () => true));
  const { port, url } = first;
  const response = await fetch(`${url}/api/runs`, {
    method: 'POST',
    headers: { Origin: url, 'Content-Type': 'application/json' },
    body: JSON.stringify({ scenario: 'pipeline', knobs: { pause: 0.4 } }),
  });
  const { events } = (await response.json()) as { events: string };

  const offsets: number[] = [];
  let failures = 0;
  let isConnected = false;
  let end: string | undefined;
  const onState = (state: string) => {
    if (state !== 'waiting') return;
    failures++;
    // The book is back after one try, and a try later its connection to Temporal.
    if (failures === 1) void again();
    if (failures === 3) isConnected = true;
  };
  async function again(): Promise<void> {
    const { fetch } = bookOf(port, () => isConnected);
    const second = createAdaptorServer({ fetch, overrideGlobalObjects: false });
    onTestFinished(() => void second.close());
    await new Promise<void>((resolve) => second.listen(port, '127.0.0.1', resolve));
  }

  for await (const { event, offset, data } of followEvents(`${url}${events}`, { onState })) {
    if (event === 'end') end = data;
    else if (offset !== undefined) offsets.push(offset);
    if (offset === 4) await first.close();
  }
  expect(offsets).toEqual([...Array(30).keys()]);
  expect(JSON.parse(end ?? '')).toEqual({ status: 'completed', result: '6 stages' });
  expect(failures).toBeGreaterThanOrEqual(3);
}, 60_000);
