/** An answer that does not end: a web-standard `Response` whose body is server-sent events. */
// #region since-9
import { encodeComment, toBytes } from './encode.js';

// #region options
/** How an answer of events behaves. */
export interface EventStreamOptions {
  /** A connection gets a comment this often, in milliseconds, so that no proxy takes it for dead. @defaultValue 15,000 */
  heartbeatMs?: number;
  /** How long a browser waits before it reconnects, in milliseconds; browsers default to 3 to 5 s. @defaultValue 1,000 */
  retryMs?: number;
  /** How much may wait for a browser that is slow before `send` waits too, in bytes. @defaultValue 64 KiB */
  highWaterMark?: number;
  /** A browser that takes nothing for this long, though something waits for it, is hung up on; in milliseconds. @defaultValue 60,000 */
  patienceMs?: number;
  /** Further headers. */
  headers?: Record<string, string>;
  /**
   * Aborted when this server is about to go away. The connection then closes in the middle, so that the
   * browser comes back: to the server that has taken its place.
   */
  stop?: AbortSignal;
  /** Told what was thrown while the browser was still there; the connection then closes, and the browser comes back. */
  onError?: (error: unknown) => void;
}

/** Where events are written to. */
export interface EventSink {
  /** Sends encoded events; resolves when there is room for more. */
  send(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Aborted when the browser leaves, or the server is about to. */
  signal: AbortSignal;
}
// #endregion options

// #region event-stream
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // A proxy that compresses or buffers would hold events back until it has enough of them.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

const HEARTBEAT = toBytes(encodeComment('still here'));

/**
 * Answers a request with server-sent events until `pump` returns, the browser leaves, or the server stops.
 *
 * @param pump - sends the events
 */
export function eventStream(
  pump: (sink: EventSink) => Promise<void>,
  options: EventStreamOptions = {},
): Response {
  const { heartbeatMs = 15_000, retryMs = 1_000, highWaterMark = 65_536, stop, onError } = options;
  const { patienceMs = 60_000 } = options;
  const over = new AbortController();
  const { signal } = over;
  const leave = () => over.abort();
  let isGone = false;
  let makeRoom = () => {};

  async function write(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const hasRoom = () => signal.aborted || (controller.desiredSize ?? 0) > 0;
    const put = (bytes: Uint8Array) => {
      if (!signal.aborted) controller.enqueue(bytes);
    };
    const send = async (bytes: Uint8Array) => {
      put(bytes);
      if (hasRoom()) return;
      const patience = setTimeout(() => {
        isGone = true;
        controller.error(new Error(`A browser has taken nothing for ${patienceMs / 1_000} s.`));
        leave();
      }, patienceMs);
      while (!hasRoom()) {
        await new Promise<void>((resolve) => {
          makeRoom = resolve;
        });
      }
      clearTimeout(patience);
    };
    const heartbeat = setInterval(() => hasRoom() && put(HEARTBEAT), heartbeatMs);
    signal.addEventListener('abort', () => {
      clearInterval(heartbeat);
      makeRoom();
    });
    stop?.addEventListener('abort', leave);
    if (stop?.aborted) leave();
    try {
      await send(toBytes(`retry: ${retryMs}\n\n`));
      await pump({ send, signal });
    } catch (error) {
      if (!signal.aborted) onError?.(error);
    } finally {
      clearInterval(heartbeat);
      stop?.removeEventListener('abort', leave);
      if (!isGone) controller.close();
    }
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => void write(controller),
      pull: () => makeRoom(),
      cancel() {
        isGone = true;
        leave();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark }),
  );
  return new Response(body, {
    headers: { ...HEADERS, ...options.headers },
  });
}
// #endregion event-stream
// #endregion since-9
