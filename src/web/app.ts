import { Hono } from 'hono';
import { encodeEvent, eventStream, serveStream, toBytes } from 'streambook/sse';
import { isUnavailable } from '../stream/retry.js';
import { limitBody } from './limit-body.js';
import { limitStreams } from './limit-streams.js';
import type { Live } from './live.js';
import { Refusal } from './refusal.js';
import type { Run, Runs } from './runs.js';
import { onlyThisHost, onlyThisOrigin, onlyThisSite, secureAnswers } from './security.js';
import { servePages } from './static.js';

/** What the live book's HTTP side needs. */
export interface AppOptions {
  /** Absolute path of the built book. */
  pagesDirectory: string;
  /** The port that browsers will name; requests for another host or port are refused. */
  port: number;
  runs: Runs;
  live: Live;
  /**
   * Ends the worker of a scenario as a crash would. @returns its process id; `undefined` when none is up
   * @defaultValue workers cannot be killed from a page
   */
  killWorker?: (scenario: string) => number | undefined;
  /** Event streams that may be open at once. @defaultValue 10 000: some thousands of readers are served well */
  maxStreams?: number;
  /** A quiet event stream gets a comment this often, in milliseconds. @defaultValue 15 000 */
  heartbeatMs?: number;
  /** Told of every failure that is ours and not the request's; browsers only learn that there was one. */
  onError?: (error: unknown) => void;
}

/**
 * The live book as a Hono application; it opens no port, so tests call `app.request()`.
 *
 * | route | |
 * |---|---|
 * | `POST /api/runs` | starts a run: `{scenario, knobs}` -> 201 and where to follow it |
 * | `GET /api/runs/:id` | the same answer again, for a page that was refreshed |
 * | `GET /api/runs/:id/events` | the run's stream as server-sent events, then one `end` with the outcome; `?reader=` for one of several |
 * | `POST /api/runs/:id/actions/:name` | does something to a run that goes on: `{text}` where one goes with it |
 * | `POST /api/runs/:id/knobs` | moves knobs of a run that goes on: `{knobs}` -> the run with those in force |
 * | `POST /api/workers/:scenario/kill` | ends a worker as a crash would -> its process id |
 * | `GET /api/health` | what is ready, and the scenarios with their topics, knobs and readers |
 * | `GET /api/live` | what is ready, as server-sent events: one `state` after each change |
 * | `GET /*` | the built pages |
 */
export function createApp(options: AppOptions): Hono {
  const { runs, live, heartbeatMs = 15_000, onError = () => {} } = options;
  const app = new Hono();

  app.use(secureAnswers(options.pagesDirectory));
  app.use(onlyThisHost(options.port));
  app.use('/api/*', async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  });
  app.use('/api/*', onlyThisSite);
  const streams = limitStreams(options.maxStreams ?? 10_000);
  app.use('/api/live', streams);
  app.use('/api/runs/:id/events', streams);

  app.post('/api/runs', onlyThisOrigin, limitBody(), async (c) => {
    const { scenario, knobs } = readRunRequest(await c.req.json().catch(notJson));
    return c.json(describe(await runs.start(scenario, knobs)), 201);
  });
  app.get('/api/runs/:id', async (c) => c.json(describe(await runs.find(c.req.param('id')))));
  app.post('/api/runs/:id/actions/:name', onlyThisOrigin, limitBody(), async (c) => {
    const { id, name } = c.req.param();
    await runs.act(id, name, textIn(await c.req.json().catch(notJson)));
    return c.json({});
  });
  app.post('/api/runs/:id/knobs', onlyThisOrigin, limitBody(), async (c) => {
    const moved = knobsIn(await c.req.json().catch(notJson));
    return c.json(describe(await runs.adjust(c.req.param('id'), moved)));
  });
  app.get('/api/runs/:id/events', async (c) => {
    const run = await runs.find(c.req.param('id'));
    const reader = readerOf(run, c.req.query('reader'));
    const read = (from: number, signal: AbortSignal) => run.read(reader, from, signal);
    return serveStream(c.req.raw, read, { heartbeatMs, onError, end: () => run.outcome });
  });
  app.post('/api/workers/:scenario/kill', onlyThisOrigin, limitBody(), (c) => {
    return c.json({ pid: kill(options, c.req.param('scenario')) });
  });
  app.get('/api/health', (c) => {
    const canKillWorkers = options.killWorker !== undefined;
    return c.json({ ...live.state(), scenarios: runs.scenarios, canKillWorkers });
  });
  app.get('/api/live', () => {
    return eventStream(
      async ({ send, signal }) => {
        for await (const state of live.watch(signal)) {
          await send(toBytes(encodeEvent({ event: 'state', data: JSON.stringify(state) })));
        }
      },
      { heartbeatMs, onError },
    );
  });
  app.all('/api/*', () => {
    throw new Refusal(404, 'NotFound', 'There is no such address in this API.');
  });

  app.use(servePages(options.pagesDirectory));
  app.notFound((c) => c.text('There is no such page. The book begins at /\n', 404));

  app.onError((error, c) => {
    if (error instanceof Refusal) {
      return c.json({ error: { type: error.type, message: error.message } }, error.status);
    }
    if (isUnavailable(error)) {
      const message = 'Temporal does not answer at the moment. Try again when it does.';
      return c.json({ error: { type: 'NotReady', message } }, 503);
    }
    onError(error);
    const message = 'The live book could not do this. Its terminal says why.';
    return c.json({ error: { type: 'Internal', message } }, 500);
  });
  return app;
}

function kill({ runs, killWorker }: AppOptions, scenario: string): number {
  if (killWorker === undefined || !Object.hasOwn(runs.scenarios, scenario)) {
    throw new Refusal(404, 'UnknownScenario', 'This book keeps no worker of that name.');
  }
  const pid = killWorker(scenario);
  if (pid === undefined) {
    throw new Refusal(409, 'NoWorker', 'No worker is up at the moment. Another one is coming.');
  }
  return pid;
}

function notJson(): never {
  throw new Refusal(400, 'BadRequest', 'The body is not JSON.');
}

function readRunRequest(body: unknown): { scenario: string; knobs: unknown } {
  if (typeof body !== 'object' || body === null || !('scenario' in body)) {
    throw new Refusal(400, 'BadRequest', 'The body must be {"scenario": name, "knobs": {…}}.');
  }
  if (typeof body.scenario !== 'string') {
    throw new Refusal(400, 'BadRequest', 'The scenario must be a name, as text.');
  }
  return { scenario: body.scenario, knobs: knobsIn(body) };
}

function knobsIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'knobs' in body ? body.knobs : {};
}

function textIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'text' in body ? body.text : undefined;
}

/** The first of a run's readers when none is named, so that a script need not know of them. */
function readerOf({ readers: [first = '', ...others] }: Run, asked = first): string {
  if (asked === first || others.includes(asked)) return asked;
  const names = [first, ...others].join(', ');
  throw new Refusal(400, 'UnknownReader', `This run has no such reader. It has: ${names}.`);
}

function describe({ id, scenario, topics, readers, knobs, workflowId, uiUrl }: Run) {
  const events = `/api/runs/${id}/events`;
  return { id, scenario, topics, readers, knobs: knobs(), workflowId, uiUrl, events };
}
