import fc from 'fast-check';
import type { RecordedEvent, Recording } from '../../src/draw/recording.ts';

/** A small run: two items, one of which is truncated before a reader came to it. */
export const SMALL: Recording = {
  title: 'Two <words>',
  day: '2026-11-30',
  on: 'a machine',
  topics: ['word', 'status'],
  readers: ['ada'],
  participants: ['ada', 'host'],
  host: 'host',
  events: [
    { at: 10, kind: 'append', offset: 0, topic: 'word', text: 'one' },
    { at: 20, kind: 'append', offset: 1, topic: 'status', text: 'two' },
    { at: 20, kind: 'truncate', base: 1 },
    { at: 30, kind: 'arrive', reader: 'ada', offset: 0 },
    { at: 30, kind: 'gap', reader: 'ada', from: 0, to: 1 },
    { at: 40, kind: 'receive', reader: 'ada', offset: 1 },
    { at: 50, kind: 'leave', reader: 'ada' },
    { at: 60, kind: 'end', text: 'host has ended' },
  ],
  messages: [{ at: 5, from: 'ada', to: 'host', text: 'start' }],
  spans: [{ who: 'host', from: 0, to: 60, text: 'host' }],
};

/** Runs as they may happen: each step is what a log or a reader can do at that moment. */
export const recordings: fc.Arbitrary<Recording> = fc
  .array(fc.record({ step: fc.nat({ max: 6 }), pause: fc.nat({ max: 3 }), choice: fc.nat() }))
  .map((steps) => {
    const readers = ['fast', 'slow'];
    const cursors = new Map(readers.map((reader) => [reader, 0]));
    const events: RecordedEvent[] = [];
    let [at, next, base, attempt] = [0, 0, 0, 0];
    for (const { step, pause, choice } of steps) {
      at += pause;
      const reader = readers[choice % 2] as string;
      const cursor = cursors.get(reader) as number;
      if (step <= 1) {
        const topic = choice % 3 === 0 ? 'word' : 'status';
        events.push({ at, kind: 'append', offset: next++, topic, text: `item ${choice}` });
      } else if (step === 2 && base < next) {
        base += 1 + (choice % (next - base));
        events.push({ at, kind: 'truncate', base });
      } else if (step === 3) {
        if (cursor < base) events.push({ at, kind: 'gap', reader, from: cursor, to: base });
        cursors.set(reader, Math.max(cursor, base));
      } else if (step === 4 && cursor >= base && cursor < next) {
        events.push({ at, kind: 'receive', reader, offset: cursor });
        cursors.set(reader, cursor + 1);
      } else if (step === 5) {
        events.push({ at, kind: 'attempt', attempt: ++attempt });
      } else if (step === 6) {
        events.push({ at, kind: 'leave', reader });
      }
    }
    return { ...SMALL, topics: ['word', 'status'], readers, events, messages: [], spans: [] };
  });
