/** Which pages may ask, and for what. */
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';

// #region cors
/**
 * Lets the pages of one origin read our answers, cookies included, and those of no other.
 *
 * `Last-Event-ID` has to be named: a browser asks before a script may send it. Its own `EventSource` need not ask.
 *
 * @param origin - as `https://chat.example`
 */
export function pagesOf(origin: string): MiddlewareHandler {
  return cors({
    origin: [origin],
    credentials: true,
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Content-Type', 'Last-Event-ID'],
    maxAge: 600,
  });
}
// #endregion cors

// #region only-pages
/**
 * Refuses a POST that a page of another origin has sent. CORS keeps that page from reading the answer; the question
 * would have been asked, and paid for, all the same.
 *
 * @param origin - as `https://chat.example`
 */
export function onlyPagesOf(origin: string): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.header('Origin') !== origin) {
      return c.json({ error: `Only pages of ${origin} may ask.` }, 403);
    }
    const type = c.req.header('Content-Type') ?? '';
    // A form cannot send JSON, and a script that does has to ask first.
    if (!/^application\/json\s*(;|$)/i.test(type)) {
      return c.json({ error: 'Send the question as Content-Type: application/json.' }, 415);
    }
    return await next();
  };
}
// #endregion only-pages

/** Most bytes of a question. */
const MAX_BODY_BYTES = 32_768;

/** Refuses what is too long to be a question. */
export function onlyShort(): MiddlewareHandler {
  return bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (c) => c.json({ error: `A question has ${MAX_BODY_BYTES} bytes at most.` }, 413),
  });
}
