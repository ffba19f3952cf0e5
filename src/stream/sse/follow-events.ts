/**
 * Follows a stream of server-sent events whose ids are offsets, until it has come to its end: a client
 * that needs nothing but `fetch`, to be copied into any page.
 *
 * It does what a browser's `EventSource` does not: it sends headers, goes on after a 503, notices a
 * connection that is dead without a word, never yields an offset twice, and ends when the stream does.
 */
// #region since-9

// #region follow-options
/** One event. */
export interface StreamEvent {
  /** Its name; here a topic. */
  event: string;
  /** Its offset, or the last offset that it speaks for; `undefined` where it has none. */
  offset: number | undefined;
  data: string;
}

/** How {@link followEvents} goes about it. */
export interface FollowOptions {
  /** The first offset wanted. @defaultValue 0 */
  from?: number;
  /** Ends it, without an error. */
  signal?: AbortSignal;
  /** Of each request. */
  headers?: Record<string, string>;
  /** Whether cookies go along; 'include' sends them to another origin too. @defaultValue 'same-origin' */
  credentials?: 'omit' | 'same-origin' | 'include';
  /** Name of the event after which nothing comes. @defaultValue 'end' */
  endEvent?: string;
  /** A connection on which nothing has come for this long, in milliseconds, is dead. @defaultValue 45,000: three heartbeats */
  silenceMs?: number;
  /** The first pause before another try, in milliseconds; twice as long after each. @defaultValue 500 */
  retryMs?: number;
  /** The longest pause before another try, in milliseconds. @defaultValue 15,000 */
  longestRetryMs?: number;
  /** Told when events can come, and when they cannot: how long until the next try, in milliseconds. */
  onState?(state: 'open' | 'waiting', retryMs?: number): void;
}
// #endregion follow-options

// #region follow
/** The server will not serve this, now or later: another try makes no sense. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly status: number) {
    super(`The server has refused the stream with status ${status}.`);
  }
}

/**
 * Yields the events of a stream in order, over any number of connections.
 *
 * @param url - where they are; asked with `Last-Event-ID`, as a browser does that comes back
 * @throws Refused when the server answers with a 4xx other than 408, 425 and 429
 */
export async function* followEvents(
  url: string,
  options: FollowOptions = {},
): AsyncGenerator<StreamEvent, void, void> {
  const { from = 0, signal, headers, credentials = 'same-origin', endEvent = 'end' } = options;
  const { silenceMs = 45_000, retryMs: firstMs = 500, longestRetryMs = 15_000, onState } = options;
  let last = from - 1;
  for (let failures = 0; !signal?.aborted; failures++) {
    const connection = new AbortController();
    const hangUp = () => connection.abort();
    signal?.addEventListener('abort', hangUp);
    let silence = setTimeout(hangUp, silenceMs);
    try {
      const response = await fetch(url, {
        headers: { ...headers, ...(last >= 0 && { 'Last-Event-ID': `${last}` }) },
        credentials,
        signal: connection.signal,
      });
      if (isFinal(response.status)) throw new Refused(response.status);
      if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
      onState?.('open');
      const parse = createParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let step = await reader.read(); !step.done; step = await reader.read()) {
        clearTimeout(silence);
        silence = setTimeout(hangUp, silenceMs);
        for (const event of parse(step.value)) {
          failures = 0;
          if (event.offset !== undefined) {
            if (event.offset <= last) continue;
            last = event.offset;
          }
          yield event;
          if (event.event === endEvent) return;
        }
      }
    } catch (error) {
      if (error instanceof Refused) throw error;
    } finally {
      clearTimeout(silence);
      signal?.removeEventListener('abort', hangUp);
      hangUp();
    }
    if (signal?.aborted) return;
    // Up to half of each pause is cut off, so that clients that were cut off together do not come back at once.
    const longest = Math.min(longestRetryMs, firstMs * 2 ** failures);
    const retryMs = Math.round(longest * (1 - Math.random() / 2));
    onState?.('waiting', retryMs);
    await pause(retryMs, signal);
  }
}

function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}
// #endregion follow

// #region parser
/** Takes an event stream in pieces, cut anywhere, and returns the events that are whole (HTML standard, 9.2.6). */
export function createParser(): (piece: string) => StreamEvent[] {
  let rest = '';
  let fields: Record<string, string[]> = {};
  return (piece) => {
    // A line break that may be half of one waits for its other half.
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    return lines.flatMap((line) => {
      if (line !== '') {
        const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
        fields[name] = [...(fields[name] ?? []), value];
        return [];
      }
      const { event, id, data } = fields;
      fields = {};
      if (data === undefined) return [];
      const offset = id === undefined ? undefined : Number(id.at(-1));
      return [{ event: event?.at(-1) || 'message', offset, data: data.join('\n') }];
    });
  };
}
// #endregion parser

// #region pause
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
// #endregion pause
// #endregion since-9
