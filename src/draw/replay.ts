import type { RecordedEvent, Recording } from './recording.js';
import type { TapeDrawing } from './slots.js';

/** A log and its readers at one moment of a recording. */
export interface TapeState extends TapeDrawing {
  items: { offset: number; topic: string; attempt: number; isPale: boolean }[];
  cursors: { name: string; offset: number; isAway: boolean }[];
  dropped: { from: number; to: number }[];
  /** The latest attempt that has begun; 0 where nothing is tried again. */
  attempt: number;
  /** Who was killed, until another attempt begins. */
  killed: string | undefined;
}

/** How it all was at a moment: all events up to it, and none after it. @param at - in milliseconds */
export function stateAt(recording: Recording, at: number): TapeState {
  const start: TapeState = {
    items: [],
    base: 0,
    cursors: recording.readers.map((name) => ({ name, offset: 0, isAway: true })),
    dropped: [],
    attempt: 0,
    killed: undefined,
  };
  return recording.events.filter((event) => event.at <= at).reduce(after, start);
}

/** How it all was in the end. */
export function finalState(recording: Recording): TapeState {
  return stateAt(recording, Number.POSITIVE_INFINITY);
}

/** The moments at which something happened, in order. */
export function momentsOf({ events }: Recording): number[] {
  return [...new Set(events.map(({ at }) => at))];
}

/** When the last thing happened. */
export function endOf({ events }: Recording): number {
  return events.at(-1)?.at ?? 0;
}

function after(state: TapeState, event: RecordedEvent): TapeState {
  switch (event.kind) {
    case 'append': {
      const { offset, topic, attempt = state.attempt } = event;
      // The late word of an attempt that was given up.
      const item = { offset, topic, attempt, isPale: attempt < state.attempt };
      return { ...state, items: [...state.items, item] };
    }
    case 'truncate': {
      const items = state.items.filter(({ offset }) => offset >= event.base);
      return { ...state, items, base: event.base };
    }
    case 'arrive':
      return moved(state, event.reader, event.offset);
    case 'receive':
      return moved(state, event.reader, event.offset + 1);
    case 'gap': {
      const { reader, from, to } = event;
      const { dropped } = state;
      return { ...moved(state, reader, to), dropped: [...dropped, { from, to }] };
    }
    case 'leave': {
      const cursors = state.cursors.map((cursor) =>
        cursor.name === event.reader ? { ...cursor, isAway: true } : cursor,
      );
      return { ...state, cursors };
    }
    case 'attempt': {
      const { attempt } = event;
      const items = state.items.map((item) => ({ ...item, isPale: item.attempt < attempt }));
      return { ...state, items, attempt, killed: undefined };
    }
    case 'kill':
      return { ...state, killed: event.who };
    case 'end':
      return state;
  }
}

function moved(state: TapeState, reader: string, offset: number): TapeState {
  const cursors = state.cursors.map((cursor) =>
    cursor.name === reader ? { ...cursor, offset, isAway: false } : cursor,
  );
  return { ...state, cursors };
}
