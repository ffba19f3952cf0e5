/** The commands that record the runs of the book: each prints a sound recording, in which its story happens. */
import { spawn } from 'node:child_process';
import { finalState, type Recording, recordingOf } from 'streambook/draw';
import { expect, test } from 'vitest';
import { compiled } from '../../../src/lab/clone.ts';
import { finished } from '../../support/command.ts';

const MOST_MS = 90_000;

async function recorded(scenario: string): Promise<Recording> {
  const command = spawn(process.execPath, [compiled(scenario, 'record.js')]);
  const { code, out, err } = await finished(command);
  expect(code, err).toBe(0);
  return recordingOf(JSON.parse(out));
}

/** The offsets that a reader received. */
function receivedBy({ events }: Recording, reader: string): number[] {
  return events.flatMap((event) =>
    event.kind === 'receive' && event.reader === reader ? event.offset : [],
  );
}

const upTo = (end: number) => Array.from({ length: end }, (_, offset) => offset);

test(
  'the reader of a pipeline leaves, comes back where it was, and gets everything once',
  async () => {
    const recording = await recorded('pipeline');
    const visits = recording.events.filter(({ kind }) => kind === 'arrive' || kind === 'leave');
    expect(visits).toMatchObject([{ offset: 0 }, { kind: 'leave' }, { offset: 3 }]);
    expect(receivedBy(recording, 'ada')).toEqual(upTo(15));
  },
  MOST_MS,
);

test(
  'the agencies of a hub are told apart by what they say',
  async () => {
    const recording = await recorded('hub');
    const published = recording.messages.filter(({ text }) => text === 'publish headlines');
    expect(new Set(published.map(({ from }) => from))).toEqual(new Set(['north', 'east', 'south']));
    expect(recording.messages.at(-1)).toMatchObject({ from: 'newsroom', text: 'close' });
    expect(receivedBy(recording, 'reader')).toEqual(upTo(15));
  },
  MOST_MS,
);

test(
  'the slow reader of a ticker is told of gaps, and the fast one misses nothing',
  async () => {
    const recording = await recorded('ticker');
    expect(receivedBy(recording, 'fast')).toEqual(upTo(20));
    const gaps = recording.events.filter((event) => event.kind === 'gap');
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps.every(({ reader }) => reader === 'slow')).toBe(true);
    expect(finalState(recording).base).toBe(18);
  },
  MOST_MS,
);

test(
  'an answer is begun anew after its worker was killed, and what came before is pale',
  async () => {
    const recording = await recorded('llm');
    const { items, attempt, killed } = finalState(recording);
    expect([attempt, killed]).toEqual([2, undefined]);
    const { at } = recording.events.find(({ kind }) => kind === 'kill') ?? { at: 0 };
    const pale = items.filter(({ isPale }) => isPale);
    expect(pale.length).toBeGreaterThan(5);
    expect(pale.every((item) => item.attempt === 1)).toBe(true);
    const first = recording.spans.find(({ text }) => text === 'attempt 1');
    expect(first?.to).toBe(at);
    // The heartbeat that does not come is missed after three seconds.
    const second = recording.spans.find(({ text }) => text === 'attempt 2');
    expect((second?.from ?? 0) - at).toBeGreaterThan(2_000);
  },
  MOST_MS,
);
