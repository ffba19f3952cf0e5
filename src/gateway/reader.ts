/** The browser's side: asks a question, and reads the answer over however many connections it takes. */
import { followEvents } from 'streambook/follow-events';
import { type Answer, type AnswerEvent, foldAnswer, NO_ANSWER } from 'streambook/llm';

// #region ask
/** A question that was asked, and where its answer is. */
export interface Asked {
  id: string;
  /** Address of the events, without the server's. */
  events: string;
  /** What a browser would keep and send by itself. */
  cookie: string;
}

/**
 * Asks a question, as a page of that origin.
 *
 * @throws Error when the server refuses it
 */
export async function askGateway(url: string, origin: string, prompt: string): Promise<Asked> {
  const response = await fetch(`${url}/answers`, {
    method: 'POST',
    headers: { Origin: origin, 'Content-Type': 'application/json' },
    body: JSON.stringify({ prompt }),
  });
  if (response.status !== 201) throw new Error(await response.text());
  const { id, events } = (await response.json()) as { id: string; events: string };
  const [cookie = ''] = (response.headers.get('Set-Cookie') ?? '').split(';');
  return { id, events, cookie };
}
// #endregion ask

// #region read
/** What a page has of an answer: what it shows, and how far it has read. One is worth nothing without the other. */
export interface Page {
  answer: Answer;
  /** The next offset wanted. */
  next: number;
}

/** A page that has read nothing. */
export const NEW_PAGE: Page = { answer: NO_ANSWER, next: 0 };

/** How an answer is read. */
export interface ReadOptions {
  /** What was read before. @defaultValue nothing */
  page?: Page;
  cookie: string;
  /** Pause before another connection, in milliseconds. @defaultValue that of the client */
  retryMs?: number;
  /** Told of each connection. */
  onOpen?: () => void;
  /** Leaves. */
  signal?: AbortSignal;
}

/** Yields the page after each event, until the answer has come to its end. */
export async function* readAnswer(url: string, options: ReadOptions): AsyncGenerator<Page> {
  const { page = NEW_PAGE, cookie, retryMs, onOpen, signal } = options;
  let { answer } = page;
  const events = followEvents(url, {
    from: page.next,
    headers: { Cookie: cookie },
    ...(retryMs !== undefined && { retryMs }),
    ...(signal && { signal }),
    onState: (state) => state === 'open' && onOpen?.(),
  });
  for await (const { event, offset, data } of events) {
    if (event === 'end' || event === 'gap' || offset === undefined) continue;
    answer = foldAnswer(answer, (JSON.parse(data) as { data: AnswerEvent }).data);
    yield { answer, next: offset + 1 };
  }
}
// #endregion read
