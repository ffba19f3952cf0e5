import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { StreamReading } from 'streambook/sse';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type AppOptions, createApp } from '../../src/web/app.ts';
import { choice, count } from '../../src/web/knob-kinds.ts';
import type { Knobs } from '../../src/web/knobs.ts';
import { createLive } from '../../src/web/live.ts';
import { createRuns, type LaunchedRun, type Launcher, type Outcome } from '../../src/web/runs.ts';

/** The style sheet of the pages, which the book in one file has in it. */
export const STYLE = 'body { color: #123; }';

export const PORT = 4400;
export const ORIGIN = `http://127.0.0.1:${PORT}`;

/** A run of which the test decides what happens. */
export interface FakeRun extends LaunchedRun {
  end(outcome: Outcome): void;
  terminations: string[];
  /** What was done to it: actions with their texts. */
  acts: [string, string][];
}

/** A launcher, and the runs that it has started or adopted. */
export type FakeLauncher = Launcher & { launched: FakeRun[] };

/** A launcher whose runs end when the test says so. @param met - what each reader meets, by its name */
export function fakeLauncher(met: Record<string, StreamReading[]> = { reader: [] }): FakeLauncher {
  const launched: FakeRun[] = [];
  const begin = (workflowId: string, knobs: Knobs): FakeRun => {
    const { promise: outcome, resolve: end } = withResolvers<Outcome>();
    const terminations: string[] = [];
    const acts: [string, string][] = [];
    let inForce = knobs;
    const run: FakeRun = {
      workflowId,
      uiUrl: `http://127.0.0.1:8233/workflows/${workflowId}`,
      outcome,
      end,
      terminations,
      acts,
      knobs: () => inForce,
      async adjust(moved) {
        inForce = { ...inForce, ...moved };
      },
      act: async (action, text) => void acts.push([action, text]),
      async *read(reader, from) {
        const after = (reading: StreamReading) =>
          'to' in reading ? reading.to : reading.offset + 1;
        yield* (met[reader] ?? []).filter((reading) => after(reading) > from);
      },
      async terminate(reason) {
        terminations.push(reason);
      },
    };
    launched.push(run);
    return run;
  };
  return {
    topics: ['status'],
    knobs: z.strictObject({ card: choice(['ok', 'declined'], { label: 'card' }) }),
    readers: Object.keys(met),
    actions: { note: { label: 'Note', maxLength: 20 }, close: { label: 'Close' } },
    launched,
    launch: async (id, knobs) => begin(`order-${id}`, knobs),
    adopt: async (workflowId, knobs) => begin(workflowId, knobs),
  };
}

/** The same with a knob that can be moved while a run goes on. */
export function tickingLauncher(): FakeLauncher {
  const pace = count({ label: 'pace', min: 1, max: 9, default: 2, isLive: true });
  return { ...fakeLauncher(), knobs: z.strictObject({ pace }) };
}

/** The application on a folder with one page, and a secret beside the folder. */
export function openBook(options: Partial<AppOptions> & { launcher?: Launcher } = {}): Hono {
  const folder = mkdtempSync(join(tmpdir(), 'streambook-web-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pagesDirectory = mkdtempSync(join(folder, 'book-'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(pagesDirectory, '.secret'), 'secret');
  mkdirSync(join(pagesDirectory, 'assets'));
  writeFileSync(join(pagesDirectory, 'assets', 'style.css'), STYLE);
  writeFileSync(join(pagesDirectory, 'print.html'), `<!doctype html><style>${STYLE}</style>`);
  writeFileSync(join(pagesDirectory, 'index.html'), '<!doctype html><title>Streambook</title>');
  const { launcher = fakeLauncher(), ...others } = options;
  return createApp({
    pagesDirectory,
    port: PORT,
    runs: createRuns({ launchers: new Map([['order', launcher]]) }),
    live: createLive(),
    ...others,
  });
}

/** Sends a request as a page of the book would. */
export async function request(
  book: Hono,
  path: string,
  { headers, ...init }: RequestInit = {},
): Promise<Response> {
  return await book.request(`${ORIGIN}${path}`, {
    ...init,
    headers: { Host: `127.0.0.1:${PORT}`, ...headers },
  });
}

/** Posts JSON as a page of the book would. */
export async function post(book: Hono, body: unknown, headers: Record<string, string> = {}) {
  return await request(book, '/api/runs', {
    method: 'POST',
    headers: { Origin: ORIGIN, 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** A promise and what settles it; Node 20 has no `Promise.withResolvers`. */
export function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
