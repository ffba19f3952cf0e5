/** `npm start`: the live book. Everything that it starts it also stops, the last first. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { connect, openServer, startWorker, type TemporalServer } from 'streambook/lab';
import { announce } from '../lab/progress.js';
import type { Connection } from './launch.js';
import { openLaunchers } from './launchers.js';
import { createLive, type PartState } from './live.js';
import { openBook } from './open-book.js';
import type { Pages } from './pages.js';
import { stopOnSignal } from './shutdown.js';
import { readStartOptions, type StartOptions } from './start-options.js';
import { watchServer } from './watch-server.js';
import { superviseWorkers, type Workers } from './workers.js';

/** A server that has not answered for this long, in milliseconds, is as good as gone. */
const ANSWER_MS = 3_000;

const { port } = optionsOrExit();
const live = createLive();
let connection: Connection | undefined;
let workers: Workers | undefined;
const launchers = openLaunchers(() => connection, report);

const stops: Array<() => Promise<void> | void> = [];
stopOnSignal(async () => {
  for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
}, say);

// The pages are there long before the worker has bundled its workflows; the panels say how far it is.
const bookIsOpen = serveBook();
await Promise.all([bookIsOpen, openTemporal().catch(temporalFailed)]);

async function serveBook(): Promise<Pages> {
  const killWorker = (scenario: string) => workers?.kill(scenario);
  const shown = { launchers, live, killWorker, port, onLine: say, onError: report };
  const { url, pages, close } = await openBook(shown);
  stops.push(close);
  await announce('Building the book', pages.build, say);
  stops.push(pages.watch());
  say(`The book            ${url}`);
  return pages;
}

async function openTemporal(): Promise<void> {
  const server = await openServer({ reuse: false, onProgress: say });
  stops.push(() => server.stop());
  const client = await connect(server);
  stops.push(() => client.connection.close());
  const { address, uiUrl } = server;
  connection = { client, uiUrl };
  live.update({ server: { state: 'ready', address, uiUrl } });
  say(`Temporal            ${address} (${server.source})`);
  if (uiUrl) say(`Temporal's web UI   ${uiUrl}`);
  keepWorkers(server);
  const ask = () => client.withDeadline(Date.now() + ANSWER_MS, () => systemInfoOf(client));
  const onState = (state: PartState) => live.update({ server: { state, address, uiUrl } });
  const stopped = new AbortController();
  stops.push(() => stopped.abort());
  void watchServer({ ask, onState, wait: pause, signal: stopped.signal });
}

function keepWorkers(server: TemporalServer): void {
  const scenarios = [...launchers.keys()];
  const coming = new Set(scenarios);
  const onState = (scenario: string, state: PartState) => {
    live.updateWorker(scenario, state);
    if (state !== 'ready' || !coming.delete(scenario)) return;
    if (coming.size === scenarios.length - 1) void bookIsOpen.then(sayReady);
    if (coming.size === 0) void bookIsOpen.then(whenAllAreReady);
  };
  const kept = superviseWorkers({
    scenarios,
    start: (scenario) => startWorker(scenario, server),
    onState,
    onLine: say,
    wait: pause,
  });
  workers = kept;
  stops.push(() => kept.stop());
}

/** The panels of the first worker can be used; the others say themselves when they can. */
function sayReady(): void {
  say(`Ready after ${process.uptime().toFixed(1)} s. Ctrl-C stops everything.`);
}

async function whenAllAreReady(pages: Pages): Promise<void> {
  say(`Every panel is live after ${process.uptime().toFixed(1)} s.`);
  // The compiler needs a processor for ten seconds, once; the workers need it first.
  await pages.findTypes();
}

function optionsOrExit(): StartOptions {
  try {
    return readStartOptions(process.argv.slice(2));
  } catch (error) {
    report(error);
    process.exit(2);
  }
}

/** The book can still be read, so it stays. */
function temporalFailed(error: unknown): void {
  live.update({ server: { state: 'failed' } });
  report(error);
  say('Until then the book can be read, but nothing in it runs.');
}

function systemInfoOf(client: Client): Promise<unknown> {
  return client.connection.workflowService.getSystemInfo({});
}

async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await delay(delayMs, undefined, { signal });
}

function report(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}

function say(line: string): void {
  console.log(line);
}
