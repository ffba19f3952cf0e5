import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { Refusal } from './refusal.js';

/**
 * Limits how many event streams are open at once, over all runs and readers. Each holds a socket and a place in a
 * relay, and a script that opens them without end would take both from who reads.
 *
 * It counts connections and not what is sent, so that an event costs nothing more.
 *
 * @param most - the next one is refused with 429, after which a browser tries again
 */
export function limitStreams(most: number): MiddlewareHandler<{ Bindings: Partial<HttpBindings> }> {
  let open = 0;
  return async (c, next) => {
    // Hono answers HEAD as it would GET, and drops the body: nobody would ever end that stream.
    if (c.req.raw.method === 'HEAD') {
      return c.body(null, 200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    }
    if (open >= most) {
      const message = `${most} event streams are open, which is as many as the live book serves.`;
      throw new Refusal(429, 'TooManyStreams', `${message} Close one first.`);
    }
    // There is no connection where there is no server, as in a test of the application alone.
    const answer = c.env?.outgoing;
    if (answer !== undefined) {
      open++;
      answer.once('close', () => open--);
    }
    await next();
  };
}
