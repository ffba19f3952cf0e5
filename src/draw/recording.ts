import { mistakesIn } from './recording-mistakes.js';

/**
 * What was heard of one real run, as data: what happened to the log and to its readers, and who told
 * whom. A page replays it. Times are milliseconds since the run began.
 */
export interface Recording {
  /** What was recorded, as a title: `An order whose card is charged`. */
  title: string;
  /** The day on which it was, as `2026-11-30`. */
  day: string;
  /** What it ran on, in words. */
  on: string;
  /** All topics of the log, in the order of their colours. */
  topics: string[];
  /** Who reads. Each is away until it arrives. */
  readers: string[];
  /** Who takes part, from left to right: readers too, if the sequence is to show what reaches them. */
  participants: string[];
  /** Where the log is: one of the participants. */
  host: string;
  /** In the order of their times. */
  events: RecordedEvent[];
  /** What participants told each other besides the items that readers received. */
  messages: Message[];
  /** When participants were busy, and with what. */
  spans: Span[];
}

interface At {
  /** Whole milliseconds since the run began. */
  at: number;
}

/** Something that happened to the log, to a reader or to a worker. */
export type RecordedEvent = At & Happening;

/** The same without its time. */
export type Happening =
  | { kind: 'append'; offset: number; topic: string; text: string; attempt?: number }
  | { kind: 'truncate'; base: number }
  | { kind: 'arrive'; reader: string; offset: number }
  | { kind: 'receive'; reader: string; offset: number }
  | { kind: 'gap'; reader: string; from: number; to: number }
  | { kind: 'leave'; reader: string }
  /** An attempt begins, and what earlier ones have said no longer counts. */
  | { kind: 'attempt'; attempt: number }
  | { kind: 'kill'; who: string }
  | { kind: 'end'; text: string };

/** One participant told another something. */
export interface Message extends At {
  from: string;
  to: string;
  text: string;
}

/** A participant was busy from one moment to another. */
export interface Span {
  who: string;
  from: number;
  to: number;
  text: string;
}

/**
 * Takes a value for a recording, if it is one.
 *
 * @param value - what was read, as parsed JSON
 * @throws RangeError saying everything that is wrong with it
 */
export function recordingOf(value: unknown): Recording {
  const mistakes = mistakesIn(value);
  if (mistakes.length > 0) throw new RangeError(mistakes.join('; '));
  return value as Recording;
}

/** The text of a recording's file: one event a line, so that a new recording can be compared with the old. */
export function recordingText(recording: Recording): string {
  const { title, day, on, topics, readers, participants, host, ...lists } = recording;
  const head = { title, day, on, topics, readers, participants, host };
  const fields = Object.entries(head).map(([name, value]) => `  "${name}": ${spaced(value)}`);
  const { events, messages, spans } = lists;
  const bodies = Object.entries({ events, messages, spans }).map(([name, list]) => {
    const lines = list.map((entry) => `    ${spaced(entry)}`);
    return lines.length === 0 ? `  "${name}": []` : `  "${name}": [\n${lines.join(',\n')}\n  ]`;
  });
  return `{\n${[...fields, ...bodies].join(',\n')}\n}\n`;
}

/** JSON on one line, with the spaces that people put in. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return `{ ${entries.map(([name, entry]) => `"${name}": ${spaced(entry)}`).join(', ')} }`;
}
