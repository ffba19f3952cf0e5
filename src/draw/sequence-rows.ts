/** What a sequence diagram shows, from top to bottom. Pure. */
import type { RecordedEvent, Recording } from './recording.js';

/** A row: an arrow between two participants, a note beside one of them, or a line across all. */
export interface Row {
  at: number;
  /** What it is in words, without the numbers that change when it happens again. */
  text: string;
  /** The participants of an arrow, or the one beside whom a note stands; none for a line across all. */
  from?: string;
  to?: string;
  /** The offsets that an arrow brings, as a reader received them. */
  offsets?: { from: number; to: number };
}

/** Rows that come once, or several times in a row and are drawn once. */
export interface Block {
  rows: Row[];
  times: number;
  /** When the last of it happened. */
  until: number;
}

/** The longest pattern of rows that is looked for. */
const LONGEST_PATTERN = 6;
/** Items that a reader received within so many milliseconds came in one page. */
const PAGE_MS = 3;
/** How often a pattern must come for it to be drawn once. */
const FEWEST_TIMES = 3;

/** The rows of a recording, in the order of their times. */
export function rowsOf(recording: Recording): Row[] {
  const { messages, events, host, participants } = recording;
  const told = messages.map(({ at, from, to, text }): Row => ({ at, from, to, text }));
  const happened = events.flatMap((event) => rowFor(event, host, participants));
  const rows = [...told, ...happened].sort((a, b) => a.at - b.at);
  return rows.reduce<Row[]>((merged, row) => {
    const last = merged.at(-1);
    const isSamePage = last?.to === row.to && row.at - (last?.at ?? 0) <= PAGE_MS;
    if (last?.offsets && row.offsets && isSamePage) {
      last.offsets = { from: last.offsets.from, to: row.offsets.to };
    } else merged.push(row);
    return merged;
  }, []);
}

/** Rows that repeat are put into one block each. */
export function blocksOf(rows: readonly Row[]): Block[] {
  const blocks: Block[] = [];
  for (let start = 0; start < rows.length; ) {
    const { length, times } = patternAt(rows, start);
    const end = start + length * times;
    const until = rows[end - 1]?.at ?? 0;
    const first = rows.slice(start, start + length);
    const merged = first.map((row, index) => over(row, rows[end - length + index] as Row));
    blocks.push({ rows: merged, times, until });
    start = end;
  }
  return blocks;
}

/** The pattern that covers the most rows from one on; one row once, when nothing repeats. */
function patternAt(rows: readonly Row[], start: number): { length: number; times: number } {
  let best = { length: 1, times: 1 };
  for (let length = 1; length <= LONGEST_PATTERN; length++) {
    let times = 1;
    while (isSame(rows, start, start + times * length, length)) times++;
    const isBetter = times >= FEWEST_TIMES && length * times > best.length * best.times;
    if (isBetter) best = { length, times };
  }
  return best;
}

function isSame(rows: readonly Row[], a: number, b: number, length: number): boolean {
  for (let index = 0; index < length; index++) {
    const [one, other] = [rows[a + index], rows[b + index]];
    if (one === undefined || other === undefined || keyOf(one) !== keyOf(other)) return false;
  }
  return true;
}

function keyOf({ from, to, text, offsets }: Row): string {
  return JSON.stringify([from, to, text, offsets !== undefined]);
}

/** The first and the last of rows that repeat, as one. */
function over(first: Row, last: Row): Row {
  if (first.offsets === undefined || last.offsets === undefined) return first;
  return { ...first, offsets: { from: first.offsets.from, to: last.offsets.to } };
}

function rowFor(event: RecordedEvent, host: string, participants: readonly string[]): Row[] {
  const { at } = event;
  const beside = (who: string, text: string): Row[] =>
    participants.includes(who) ? [{ at, from: who, text }] : [];
  switch (event.kind) {
    case 'receive': {
      const { reader, offset } = event;
      const offsets = { from: offset, to: offset };
      return participants.includes(reader)
        ? [{ at, from: host, to: reader, text: '', offsets }]
        : [];
    }
    case 'arrive':
      return beside(event.reader, `reads from ${event.offset}`);
    case 'leave':
      return beside(event.reader, 'goes away');
    case 'gap':
      return beside(event.reader, `${offsetsIn(event)} dropped`);
    case 'truncate':
      return beside(host, `base ${event.base}`);
    case 'attempt':
      return [{ at, text: `attempt ${event.attempt}` }];
    case 'kill':
      return [{ at, text: `✕ ${event.who} killed` }];
    case 'end':
      return beside(host, 'ends');
    case 'append':
      return [];
  }
}

/** What an arrow or a note says. */
export function labelOf({ text, offsets }: Row): string {
  if (offsets === undefined) return text;
  return offsetsIn({ from: offsets.from, to: offsets.to + 1 });
}

/** @param range - up to, not including, `to` */
function offsetsIn({ from, to }: { from: number; to: number }): string {
  return to - from === 1 ? `offset ${from}` : `offsets ${from}–${to - 1}`;
}
