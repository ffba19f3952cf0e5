/** A web server for the answers of chapter 5: it starts them, and shows them to whoever may read them. */
import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { type Context, Hono } from 'hono';
import { WorkflowStreamClient } from 'streambook/client';
import { ANSWER_TOPICS, checkQuestion, startLlm } from 'streambook/llm';
import { serveStream } from 'streambook/sse';
import { type Grant, openGrant, type Secrets, sealGrant } from './grants.js';
import { onlyPagesOf, onlyShort, pagesOf } from './guards.js';
import { Relays } from './relays.js';

// #region options
/** What a gateway needs to know. */
export interface GatewayOptions {
  client: Client;
  secrets: Secrets;
  /** Whose pages may ask and read, as `https://chat.example`. */
  origin: string;
  /** Whether this server is reached over HTTPS; cookies are then sent over nothing else. @defaultValue true */
  isSecure?: boolean;
  /** Which model answers, and whose worker asks it. It is not for the browser to say. */
  model: string;
  taskQueue?: string;
  /** Who asks: your login knows it. @defaultValue a new name for each question */
  whoAsks?: (request: Request) => string;
  /** How long an answer may be read, in seconds. @defaultValue a day */
  grantSeconds?: number;
  /** How many answers may be watched at once. @defaultValue 1,000 */
  maxStreams?: number;
  /** Told of each connection that is let in: for a log, or a limit. */
  onOpen?: (grant: Grant) => void;
  /** Told of what went wrong on our side. */
  onError?: (error: unknown) => void;
}

/** A web server without a port: what answers requests. */
export interface Gateway {
  /** Answers a request, as a server of any framework can use it. */
  fetch(request: Request): Promise<Response>;
  /** Streams that are watched through it. */
  relays: Relays;
  /** Ends all event streams, so that their browsers come back to another server. */
  stop(): void;
}
// #endregion options

const DAY_SECONDS = 24 * 60 * 60;

/** Where an answer is read. */
const EVENTS = '/answers/:id/events';

const pathOf = (id: string) => EVENTS.replace(':id', id);

// #region gateway
/** Makes a gateway. */
export function createGateway(options: GatewayOptions): Gateway {
  const { client, secrets, origin, grantSeconds = DAY_SECONDS, onOpen, onError } = options;
  const handleOf = (id: string) => client.workflow.getHandle(`llm-${id}`);
  const open = (id: string) => WorkflowStreamClient.create(client, handleOf(id).workflowId);
  const relays = new Relays(open, options.maxStreams);
  const stopping = new AbortController();
  // Each connection listens to it.
  setMaxListeners(0, stopping.signal);

  const app = new Hono();
  app.use(pagesOf(origin));

  app.post('/answers', onlyPagesOf(origin), onlyShort(), async (c) => {
    const { model, taskQueue, isSecure = true } = options;
    const prompt = promptIn(await c.req.json().catch(() => undefined));
    const mistake = mistakeIn(prompt, model);
    if (mistake !== undefined) return c.json({ error: mistake }, 400);
    const id = randomBytes(16).toString('hex');
    const reader = options.whoAsks?.(c.req.raw) ?? randomBytes(8).toString('hex');
    const expiresAt = Math.floor(Date.now() / 1_000) + grantSeconds;
    const cookie = await sealGrant({ id, reader, expiresAt }, secrets, pathOf(id), isSecure);
    // Last, since from here on it costs money.
    await startLlm(client, id, { prompt, model, ...(taskQueue !== undefined && { taskQueue }) });
    c.header('Set-Cookie', cookie);
    return c.json({ id, events: pathOf(id) }, 201);
  });

  app.get(EVENTS, async (c) => {
    const grant = await openGrant(c.req.header('Cookie') ?? null, secrets);
    const id = c.req.param('id');
    // Who may not read an answer is not told whether there is one.
    if (!grant) return c.json({ error: 'Ask first: no answer was granted to you.' }, 401);
    if (grant.id !== id) return c.json({ error: 'Another answer was granted to you.' }, 403);
    if (relays.isFull(id)) return busy(c);
    if (!relays.has(id) && !(await exists(handleOf(id)))) {
      return c.json({ error: 'This answer is not kept any more.' }, 404);
    }
    onOpen?.(grant);
    return serveStream(c.req.raw, (from, signal) => relays.read(id, ANSWER_TOPICS, from, signal), {
      retryMs: retryMs(),
      stop: stopping.signal,
      ...(onError && { onError }),
    });
  });

  app.onError((error, c) => {
    onError?.(error);
    return c.json({ error: 'The server could not do this.' }, 500);
  });
  return {
    fetch: async (request) => await app.fetch(request),
    relays,
    stop: () => stopping.abort(),
  };
}
// #endregion gateway

/** The empty question, which is refused, where there is none. */
function promptIn(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('prompt' in body)) return '';
  return typeof body.prompt === 'string' ? body.prompt : '';
}

function mistakeIn(prompt: string, model: string): string | undefined {
  try {
    checkQuestion(prompt, model);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

// #region busy
/** Browsers that are sent away together should not come back together. In milliseconds. */
const retryMs = () => Math.round(500 + 1_000 * Math.random());

/** A client of ours comes back; an `EventSource` gives up at anything but 200, and its page has to make another. */
function busy(c: Context): Response {
  c.header('Retry-After', '5');
  return c.json({ error: 'Too many answers are being watched. Come back in a moment.' }, 503);
}
// #endregion busy

async function exists(handle: { describe(): Promise<unknown> }): Promise<boolean> {
  try {
    await handle.describe();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
