import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { momentsInWords } from '../../src/draw/happened.ts';
import { type Recording, recordingOf, recordingText } from '../../src/draw/recording.ts';
import { endOf, finalState, momentsOf, stateAt, type TapeState } from '../../src/draw/replay.ts';
import { stateDrawer } from '../../src/draw/replay-tape.ts';
import { nextOffset } from '../../src/draw/slots.ts';
import { recordings, SMALL } from './recordings.ts';

/** All states of a recording, from before its first event to after its last. */
function statesOf(recording: Recording): TapeState[] {
  return [-1, ...momentsOf(recording)].map((at) => stateAt(recording, at));
}

function sizeOf(svg: string): string | undefined {
  return /width="\d+" height="\d+"/.exec(svg)?.[0];
}

describe('a recording', () => {
  test('is read from the text that it is written as, with one event a line', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const text = recordingText(recording);
        expect(recordingOf(JSON.parse(text))).toEqual(recording);
        expect(text.match(/"kind"/g) ?? []).toHaveLength(recording.events.length);
        expect(text.split('\n').every((line) => line.split('"kind"').length <= 2)).toBe(true);
      }),
    );
  });

  test.for<[string, object, string]>([
    ['without a title', { title: '' }, '`title` must be a text'],
    ['of no day', { day: 'today' }, '`day` must be a day such as 2026-11-30'],
    ['without events', { events: 7 }, '`events` must be a list'],
    ['whose host does not take part', { host: 'nobody' }, 'the host "nobody" is no participant'],
    [
      'of an unknown kind',
      { events: [{ at: 0, kind: 'jump' }] },
      'event 1: there is no kind "jump"',
    ],
    [
      'of an unknown reader',
      { events: [{ at: 0, kind: 'leave', reader: 'bob' }] },
      'event 1: `reader` must be a reader, not "bob"',
    ],
    [
      'that goes back in time',
      { events: [...SMALL.events, { at: 0, kind: 'end', text: 'over' }] },
      'event 9: is at 0 ms, after one at 60 ms',
    ],
    [
      'that misses an item',
      { events: [{ at: 0, kind: 'append', offset: 1, topic: 'word', text: 'x' }] },
      'event 1: appends offset 1, and the next one is 0',
    ],
    [
      'of a reader that receives what is not there',
      { events: [{ at: 0, kind: 'receive', reader: 'ada', offset: 0 }] },
      'event 1: ada receives offset 0 and wants 0 of 0',
    ],
    [
      'of a message from nobody',
      { messages: [{ at: 0, from: 'eve', to: 'host', text: 'hi' }] },
      'message 1 is not one between participants',
    ],
  ])('%s is refused, and told why', ([, change, message]) => {
    expect(() => recordingOf({ ...SMALL, ...change })).toThrow(message);
  });

  test('is told in words, what a reader received at once in one go', () => {
    const more = [
      { at: 60, kind: 'append', offset: 2, topic: 'word', text: 'three' },
      { at: 70, kind: 'receive', reader: 'ada', offset: 1 },
      { at: 70, kind: 'receive', reader: 'ada', offset: 2 },
    ] as const;
    const told = momentsInWords({ ...SMALL, events: [...SMALL.events.slice(0, 5), ...more] });
    expect(told.at(1)).toEqual({
      at: 20,
      words: ['offset 1 is appended, status: two', 'the log is truncated: its base is 1'],
    });
    expect(told.at(2)?.words).toContain('ada is told of a gap: offset 0');
    expect(told.at(-1)).toEqual({ at: 70, words: ['ada receives offsets 1 to 2'] });
  });
});

describe('replaying', () => {
  test('shows what there was at a moment, and nothing that came later', () => {
    const { items, base, cursors, dropped } = stateAt(SMALL, 20);
    expect(items).toEqual([{ offset: 1, topic: 'status', attempt: 0, isPale: false }]);
    expect(base).toBe(1);
    expect(cursors).toEqual([{ name: 'ada', offset: 0, isAway: true }]);
    expect(dropped).toEqual([]);
    expect(stateAt(SMALL, 40).cursors).toEqual([{ name: 'ada', offset: 2, isAway: false }]);
    expect(stateAt(SMALL, 40).dropped).toEqual([{ from: 0, to: 1 }]);
    expect(finalState(SMALL).cursors[0]?.isAway).toBe(true);
  });

  test('makes items of an abandoned attempt pale, and those that come late', () => {
    const item = (offset: number, attempt: number) =>
      ({ at: offset, kind: 'append', offset, topic: 'word', text: 'x', attempt }) as const;
    const events = [
      { at: 0, kind: 'attempt', attempt: 1 } as const,
      item(0, 1),
      { at: 0, kind: 'kill', who: 'worker' } as const,
      { at: 1, kind: 'attempt', attempt: 2 } as const,
      item(1, 1),
      item(2, 2),
    ];
    const recording = { ...SMALL, events };
    expect(stateAt(recording, 0)).toMatchObject({ attempt: 1, killed: 'worker' });
    const { items, attempt, killed } = finalState(recording);
    expect(items.map(({ isPale }) => isPale)).toEqual([true, true, false]);
    expect([attempt, killed]).toEqual([2, undefined]);
  });

  test('only goes forward: no base, no cursor and no end of the log goes back', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const states = statesOf(recordingOf(recording));
        for (const [index, state] of states.entries()) {
          const offsets = state.items.map(({ offset }) => offset);
          expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
          expect(offsets.every((offset) => offset >= state.base)).toBe(true);
          const before = states[index - 1];
          if (before === undefined) continue;
          expect(state.base).toBeGreaterThanOrEqual(before.base);
          expect(nextOffset(state)).toBeGreaterThanOrEqual(nextOffset(before));
          for (const [reader, { offset }] of state.cursors.entries()) {
            expect(offset).toBeGreaterThanOrEqual(before.cursors[reader]?.offset ?? 0);
          }
        }
        const last = statesOf(recording).at(-1);
        if (recording.events.length > 0) expect(last).toEqual(finalState(recording));
        expect(stateAt(recording, endOf(recording))).toEqual(finalState(recording));
      }),
    );
  });

  test('draws every state in the same room, and says in words what it shows', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const draw = stateDrawer(recording);
        const sizes = new Set(statesOf(recording).map((state) => sizeOf(draw(state))));
        expect(sizes.size).toBe(1);
        expect([...sizes][0]).toBeDefined();
      }),
      { numRuns: 40 },
    );
    const svg = stateDrawer(SMALL)(finalState(SMALL));
    expect(svg).toContain('<title>A log of 1 item, from base offset 1 to next offset 2</title>');
    expect(svg).toContain('Offset 0 was dropped.');
    expect(svg).toContain('>ada, away</text>');
  });

  test('draws in the colours of the page, which has two themes, and leaves texts as they are', () => {
    const svg = stateDrawer({ ...SMALL, topics: ['word', '="#1d6482"'] })(finalState(SMALL));
    expect(svg).toContain('fill="var(--accent, #b03c1b)"');
    expect(svg.match(/="#[0-9a-f]{6}"/g)).toBeNull();
    expect(svg).toContain('>=&quot;#1d6482&quot;</text>');
  });
});
