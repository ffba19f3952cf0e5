/** An event as a browser would hand it to its page. */
export interface ReceivedEvent {
  event: string;
  id?: string;
  data: string;
}

/** Parses a whole event stream as the HTML standard says, section 9.2.6, as far as these tests need it. */
export function parseEvents(text: string): ReceivedEvent[] {
  return text.split('\n\n').flatMap(parseBlock);
}

/**
 * Reads the events of an answer as they arrive. Leaving the loop closes the connection, as a closed tab would.
 */
export async function* receiveEvents(response: Response): AsyncGenerator<ReceivedEvent> {
  if (!response.body) throw new Error('The answer has no body.');
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks.flatMap(parseBlock);
  }
}

function parseBlock(block: string): ReceivedEvent[] {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const [, name, value] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const earlier = fields.get(name);
    fields.set(name, earlier === undefined ? value : `${earlier}\n${value}`);
  }
  const data = fields.get('data');
  if (data === undefined) return [];
  const id = fields.get('id');
  return [{ event: fields.get('event') ?? 'message', data, ...(id !== undefined && { id }) }];
}
