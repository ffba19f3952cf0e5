import type { RecordedEvent, Recording } from './recording.js';

/** What happened at one moment, in words. */
export interface Moment {
  /** In milliseconds. */
  at: number;
  /** One sentence each, without a full stop. */
  words: string[];
}

/** A recording in words: what happened, moment by moment. */
export function momentsInWords({ events }: Recording): Moment[] {
  const moments: { at: number; events: RecordedEvent[] }[] = [];
  for (const event of events) {
    const last = moments.at(-1);
    if (last?.at === event.at) last.events.push(event);
    else moments.push({ at: event.at, events: [event] });
  }
  return moments.map(({ at, events }) => ({ at, words: wordsOf(events) }));
}

/** A time as it is read: `1.04 s`. */
export function seconds(at: number): string {
  return `${(at / 1_000).toFixed(2)} s`;
}

/** What one reader received at once is said once. */
function wordsOf(events: readonly RecordedEvent[]): string[] {
  const words: string[] = [];
  for (let index = 0; index < events.length; index++) {
    const event = events[index] as RecordedEvent;
    if (event.kind !== 'receive') {
      words.push(wordsFor(event));
      continue;
    }
    const { reader, offset } = event;
    let last = offset;
    for (let next = events[index + 1]; ; next = events[++index + 1]) {
      if (next?.kind !== 'receive' || next.reader !== reader) break;
      last = next.offset;
    }
    const what = last === offset ? `offset ${offset}` : `offsets ${offset} to ${last}`;
    words.push(`${reader} receives ${what}`);
  }
  return words;
}

function wordsFor(event: Exclude<RecordedEvent, { kind: 'receive' }>): string {
  switch (event.kind) {
    case 'append':
      return `offset ${event.offset} is appended, ${event.topic}: ${event.text}`;
    case 'truncate':
      return `the log is truncated: its base is ${event.base}`;
    case 'arrive':
      return event.offset === 0
        ? `${event.reader} reads from the beginning`
        : `${event.reader} reads from offset ${event.offset}`;
    case 'gap': {
      const { reader, from, to } = event;
      const lost = to - from === 1 ? `offset ${from}` : `offsets ${from} to ${to - 1}`;
      return `${reader} is told of a gap: ${lost}`;
    }
    case 'leave':
      return `${event.reader} goes away`;
    case 'attempt':
      return `attempt ${event.attempt} begins`;
    case 'kill':
      return `${event.who} is killed`;
    case 'end':
      return event.text;
  }
}
