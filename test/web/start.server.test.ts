import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compiled } from '../../src/lab/clone.ts';
import { receiveEvents } from './event-source.ts';

/** `npm start` as a process of its own; it uses the Temporal server of the tests. */
let start: ChildProcess;
let exited: Promise<number | null>;
const lines: string[] = [];
let url = '';

beforeAll(async () => {
  start = spawn(process.execPath, [compiled('web', 'start.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  exited = new Promise((resolve) => start.once('exit', resolve));
  if (!start.stdout) throw new Error('The process has no output.');
  for await (const line of createInterface(start.stdout)) {
    lines.push(line);
    url = /^The book\s+(http:\S+)$/.exec(line)?.[1] ?? url;
    if (line.startsWith('Ready')) break;
  }
});

afterAll(() => {
  start.kill('SIGKILL');
});

test('prints where the book and Temporal are', () => {
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:44\d\d$/);
  expect(lines).toContainEqual(expect.stringMatching(/^Temporal\s+\S+:\d+ \(TEMPORAL_ADDRESS\)$/));
});

test('serves chapter 1 with its panel', async () => {
  const page = await fetch(`${url}/01-order.html`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('data-scenario="order"');
  expect((await fetch(`${url}/assets/panel.css`)).status).toBe(200);
});

test('runs an order with the worker that it started', async () => {
  const response = await fetch(`${url}/api/runs`, {
    method: 'POST',
    headers: { Origin: url, 'Content-Type': 'application/json' },
    body: JSON.stringify({ scenario: 'order' }),
  });
  const run = (await response.json()) as { events: string };
  const names: string[] = [];
  for await (const { event } of receiveEvents(await fetch(`${url}${run.events}`)))
    names.push(event);
  expect(names).toHaveLength(7);
  expect(names.at(-1)).toBe('end');
});

test('starts a worker for every scenario', async () => {
  const scenarios = ['order', 'pipeline', 'hub', 'ticker', 'llm'];
  for await (const { data } of receiveEvents(await fetch(`${url}/api/live`))) {
    const { workers } = JSON.parse(data);
    if (scenarios.every((scenario) => workers[scenario] === 'ready')) return;
  }
  expect.unreachable('The live book has stopped.');
});

test('stops on Ctrl-C, though a page is listening', async () => {
  const listening = await fetch(`${url}/api/live`);
  start.kill('SIGINT');
  expect(await exited).toBe(0);
  await expect(listening.text()).rejects.toThrow();
  await expect(fetch(url)).rejects.toThrow();
});
