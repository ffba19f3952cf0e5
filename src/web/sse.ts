import type { Context } from 'hono';
import { stream } from 'hono/streaming';
import { Refusal } from './refusal.js';

/** One server-sent event, before it is encoded. */
export interface ServerSentEvent {
  /** The name a browser listens for; here a topic, `gap`, `end` or `state`. */
  event: string;
  /** What the browser sends back as `Last-Event-ID` when it reconnects. Here an offset. */
  id?: string;
  /** The payload; any text, line breaks included. */
  data: string;
}

/** What a route writes its events to. */
export interface EventSink {
  /** Encodes and sends one event; resolves when the browser's side has room for more. */
  send(event: ServerSentEvent): Promise<void>;
  /** Sends a line that browsers ignore, for people who look at the connection. */
  comment(text: string): Promise<void>;
  /** Aborted when the browser leaves. */
  signal: AbortSignal;
}

/** How long a browser waits before it reconnects, in milliseconds; browsers default to 3 to 5 s. */
const RECONNECT_MS = 1_000;

/**
 * Encodes one event in the format of the HTML standard, section 9.2.6.
 *
 * A line break in `data` starts another `data:` line, which the browser joins again with `\n`; a bare
 * `\r` counts as a line break in that format, so it comes back as `\n` too.
 *
 * @throws RangeError when `event` or `id` holds a line break, which would forge another field, or when
 * `id` holds a NUL, at which browsers drop it without a word
 */
export function encodeEvent({ event, id, data }: ServerSentEvent): string {
  if (/[\r\n]/.test(event) || /[\r\n\0]/.test(id ?? '')) {
    throw new RangeError(
      `The name and the id of a server-sent event are one line of text; got ${JSON.stringify({ event, id })}.`,
    );
  }
  const lines = [`event: ${event}`];
  if (id !== undefined) lines.push(`id: ${id}`);
  for (const line of data.split(/\r\n|\r|\n/)) lines.push(`data: ${line}`);
  return `${lines.join('\n')}\n\n`;
}

/** A line that browsers ignore. It keeps proxies from closing a quiet connection. */
export const HEARTBEAT = ': still here\n\n';

/**
 * The offset at which a reader goes on.
 *
 * A browser that reconnects repeats the URL it was given, `?from=` included, and adds `Last-Event-ID`;
 * so the header, which is news, wins over the query, which is history.
 *
 * @param lastEventId - the `Last-Event-ID` header: the last offset that arrived, so the next one is wanted
 * @param from - the `from` query parameter: the first offset wanted
 * @returns the first offset wanted; 0 when neither is given
 * @throws Refusal `BadRequest` when the one that counts is not an offset
 */
export function resumeOffset(lastEventId: string | undefined, from: string | undefined): number {
  if (lastEventId) return readOffset('Last-Event-ID', lastEventId) + 1;
  if (from) return readOffset('from', from);
  return 0;
}

function readOffset(name: string, text: string): number {
  const offset = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(offset + 1)) {
    throw new Refusal(400, 'BadRequest', `${name} must be an offset: a whole number, 0 or more.`);
  }
  return offset;
}

/**
 * Answers a request with a stream of server-sent events that lasts until `pump` returns or the browser leaves.
 *
 * @param heartbeatMs - a quiet connection gets a comment line this often, in milliseconds
 * @param pump - sends the events; its sink's signal is aborted when the browser leaves
 * @param onError - told what `pump` threw while the browser was still there; the connection then closes, and the
 * browser reconnects by itself
 */
export function eventStream(
  c: Context,
  heartbeatMs: number,
  pump: (sink: EventSink) => Promise<void>,
  onError: (error: unknown) => void,
): Response {
  c.header('Content-Type', 'text/event-stream; charset=utf-8');
  // A proxy that compresses or buffers would hold events back until it has enough of them.
  c.header('Cache-Control', 'no-store, no-transform');
  c.header('X-Accel-Buffering', 'no');
  return stream(c, async (out) => {
    const left = new AbortController();
    out.onAbort(() => left.abort());
    const heartbeat = setInterval(() => void out.write(HEARTBEAT), heartbeatMs);
    try {
      await out.write(`retry: ${RECONNECT_MS}\n\n`);
      await pump({
        send: async (event) => void (await out.write(encodeEvent(event))),
        comment: async (text) => void (await out.write(`: ${text.replace(/\s+/g, ' ')}\n\n`)),
        signal: left.signal,
      });
    } catch (error) {
      if (!left.signal.aborted) onError(error);
    } finally {
      clearInterval(heartbeat);
    }
  });
}
