/** Serves a stream to a browser: the route of a web server that people watch a workflow through. */
// #region since-9
import { StreamError } from '../errors.js';
import {
  encodeComment,
  encodeEvent,
  encodeReading,
  type StreamReading,
  toBytes,
} from './encode.js';
import { type EventStreamOptions, eventStream } from './event-stream.js';
import { resumeOffset } from './resume.js';

// #region serve
/** How a stream is served. */
export interface ServeOptions extends EventStreamOptions {
  /**
   * What the last event says, as JSON: how the workflow has ended. Asked when everything was read.
   * @defaultValue an empty object
   */
  end?: () => unknown;
}

/** What the last event says of a stream that could not be read to its end. */
const UNREADABLE = { status: 'unknown', message: 'The stream could not be read to its end.' };

/**
 * Answers a request with a stream: an event for each item, named after its topic, with its offset as id;
 * `gap` where items are missing; and `end` as the last one.
 *
 * @param request - says where to go on; see {@link resumeOffset}. A 400 answers one that asks for no offset
 * @param read - what a reader meets from an offset on, until the stream ends or the signal aborts
 *
 * @example
 * const relay = new StreamRelay(WorkflowStreamClient.create(client, workflowId));
 * serveStream(request, (from, signal) => readings(relay, ['progress'], from, signal));
 */
export function serveStream(
  request: Request,
  read: (from: number, signal: AbortSignal) => AsyncIterable<StreamReading>,
  options: ServeOptions = {},
): Response {
  let from: number;
  try {
    from = resumeOffset(request);
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    const { type, message } = error;
    return Response.json({ error: { type, message } }, { status: 400 });
  }
  const { end = () => ({}), onError } = options;
  return eventStream(async ({ send, signal }) => {
    let last: unknown;
    try {
      for await (const reading of read(from, signal)) await send(encodeReading(reading));
      if (signal.aborted) return;
      last = await end();
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof StreamError && error.type === 'TooSlow') {
        // No `end`: it comes back by itself, and goes on where it was.
        await send(toBytes(encodeComment(error.message)));
        return;
      }
      // A subscription tries again whatever may pass, so this will not: without an `end`, the browser would come
      // back once a second for ever.
      onError?.(error);
      last = UNREADABLE;
    }
    await send(toBytes(encodeEvent({ event: 'end', data: JSON.stringify(last) ?? 'null' })));
  }, options);
}
// #endregion serve
// #endregion since-9
