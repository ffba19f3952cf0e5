/** What a stream is on its way to a browser: server-sent events, the format of the HTML standard, section 9.2.6. */
// #region since-9
import type { WorkflowStreamItem } from '../item.js';
import type { Gap } from '../read/cursor.js';

// #region encode
/** One server-sent event, before it is encoded. */
export interface ServerSentEvent {
  /** The name that a browser listens for. */
  event: string;
  /** What a browser sends back as `Last-Event-ID` when it reconnects. */
  id?: string;
  /** The payload; any text, line breaks included. */
  data: string;
}

/**
 * Encodes one event.
 *
 * A line break in `data` starts another `data:` line, which the browser joins again with `\n`; a bare
 * `\r` counts as a line break in that format, so it comes back as `\n` too.
 *
 * @throws RangeError when `event` or `id` holds a line break, which would forge another field, or when
 *   `id` holds a NUL, at which browsers drop it without a word
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

/** A line that browsers ignore. @param text - for people who look at the connection */
export function encodeComment(text: string): string {
  return `: ${text.replace(/\s+/g, ' ')}\n\n`;
}
// #endregion encode

// #region reading
/** What a reader meets: items, and a gap where items were dropped before it came to them. */
export type StreamReading = WorkflowStreamItem<unknown> | Gap;

/** The names that events of a stream need for themselves, and those that browsers do. */
const RESERVED = new Set(['end', 'error', 'gap', 'message', 'open']);

/**
 * Checks that the topics of a stream can be the names of its events.
 *
 * @throws RangeError for a topic that could not be told from another event, or does not fit in a line
 */
export function checkTopics(topics: readonly string[]): void {
  const unfit = topics.find((topic) => RESERVED.has(topic) || /[\r\n]/.test(topic));
  if (unfit === undefined) return;
  throw new RangeError(
    `The topic ${JSON.stringify(unfit)} cannot be the name of a server-sent event: ${[...RESERVED].join(', ')} have a meaning of their own.`,
  );
}

/**
 * Turns what a reader meets into an event: an item goes under its topic's name, with its offset as id. The id
 * of a gap is the last offset in it, so that who reconnects right after it goes on behind it.
 */
export function toEvent(reading: StreamReading): ServerSentEvent {
  if ('to' in reading) {
    const { from, to } = reading;
    return { event: 'gap', id: String(to - 1), data: JSON.stringify({ from, to }) };
  }
  const { offset, topic, data } = reading;
  return { event: topic, id: String(offset), data: JSON.stringify({ offset, topic, data }) };
}
// #endregion reading

// #region bytes
const utf8 = new TextEncoder();

/** As bytes, which is what goes over a connection. */
export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return utf8.encode(text);
}

/** An event that was encoded, and what it was made of. */
interface Encoded {
  offset: number;
  topic: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** By the value: a relay hands the same one to all its consumers, so an item is encoded once for all browsers. */
const encodings = new WeakMap<object, Encoded>();

/** The bytes of what a reader meets. */
export function encodeReading(reading: StreamReading): Uint8Array<ArrayBuffer> {
  const encode = () => toBytes(encodeEvent(toEvent(reading)));
  if ('to' in reading || typeof reading.data !== 'object' || reading.data === null) return encode();
  const { offset, topic, data } = reading;
  const known = encodings.get(data);
  if (known?.offset === offset && known.topic === topic) return known.bytes;
  const bytes = encode();
  encodings.set(data, { offset, topic, bytes });
  return bytes;
}
// #endregion bytes
// #endregion since-9
