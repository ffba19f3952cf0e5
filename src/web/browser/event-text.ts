/**
 * What a line of the list says about an event: its `message` or its `kind`, which are the words the scenarios use, or
 * else all of it as JSON.
 *
 * @param data - the event's payload, of any shape
 */
export function eventText(data: unknown): string {
  if (typeof data === 'string') return data;
  if (typeof data === 'object' && data !== null) {
    if ('message' in data && typeof data.message === 'string') return data.message;
    if ('kind' in data && typeof data.kind === 'string') return data.kind;
  }
  return JSON.stringify(data) ?? '';
}
