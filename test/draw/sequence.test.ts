import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordedEvent, Recording } from '../../src/draw/recording.ts';
import { drawSequence } from '../../src/draw/sequence.ts';
import { blocksOf, labelOf, type Row, rowsOf } from '../../src/draw/sequence-rows.ts';
import { recordings, SMALL } from './recordings.ts';

function told(recording: Recording): string[] {
  return rowsOf(recording).map((row) => {
    const { from, to } = row;
    const who = from === undefined ? '' : to === undefined ? `${from}: ` : `${from} → ${to}: `;
    return `${row.at} ${who}${labelOf(row)}`;
  });
}

describe('a sequence', () => {
  test('has what was told and what happened, in the order of time', () => {
    expect(told(SMALL)).toEqual([
      '5 ada → host: start',
      '20 host: base 1',
      '30 ada: reads from 0',
      '30 ada: offset 0 dropped',
      '40 host → ada: offset 1',
      '50 ada: goes away',
      '60 host: ends',
    ]);
  });

  test('tells of what came in one page once, and of what came later again', () => {
    const receive = (at: number, offset: number): RecordedEvent => ({
      ...{ at, kind: 'receive', reader: 'ada', offset },
    });
    const events = [receive(10, 0), receive(11, 1), receive(11, 2), receive(90, 3)];
    expect(told({ ...SMALL, messages: [], events })).toEqual([
      '10 host → ada: offsets 0–2',
      '90 host → ada: offset 3',
    ]);
  });

  test('leaves out readers that do not take part', () => {
    expect(told({ ...SMALL, participants: ['host'], messages: [] })).toEqual([
      '20 host: base 1',
      '60 host: ends',
    ]);
  });
});

describe('what repeats', () => {
  const rows = (texts: string): Row[] =>
    [...texts].map((text, at) => ({ at, text, from: 'a', to: 'b' }));
  const shape = (texts: string) =>
    blocksOf(rows(texts)).map((block) => [
      block.rows.map(({ text }) => text).join(''),
      block.times,
    ]);

  test('three times or more is told once', () => {
    expect(shape('xyxyxyz')).toEqual([
      ['xy', 3],
      ['z', 1],
    ]);
    expect(shape('aab')).toEqual([
      ['a', 1],
      ['a', 1],
      ['b', 1],
    ]);
  });

  test('keeps every row, whatever is told', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c') }), (texts) => {
        const unrolled = shape(texts).map(([text, times]) => String(text).repeat(Number(times)));
        expect(unrolled.join('')).toBe(texts);
      }),
    );
  });

  test('has the offsets of all repetitions, and the time of the last one', () => {
    const received = [0, 2, 4].map((offset, index): Row[] => [
      { at: index * 10, text: 'publish', from: 'a', to: 'b' },
      {
        at: index * 10 + 1,
        text: '',
        from: 'b',
        to: 'c',
        offsets: { from: offset, to: offset + 1 },
      },
    ]);
    const [block] = blocksOf(received.flat());
    expect(block).toMatchObject({ times: 3, until: 21 });
    expect(labelOf(block?.rows[1] as Row)).toBe('offsets 0–5');
  });
});

describe('the drawing of a sequence', () => {
  test('says in words what it shows, with names as texts and never as markup', () => {
    const svg = drawSequence({ ...SMALL, participants: ['ada', 'host', '<b>'] });
    expect(svg).toContain('<title>Who told whom: Two &lt;words&gt;</title>');
    expect(svg).toContain('0.01 s, ada to host: start.');
    expect(svg).toContain('>&lt;b&gt;</text>');
  });

  test('has a bar where somebody was busy, and a frame where something repeats', () => {
    const messages = [1, 2, 3].map((at) => ({ at, from: 'ada', to: 'host', text: 'hello' }));
    const svg = drawSequence({ ...SMALL, messages });
    expect(svg).toContain('× 3');
    expect(svg).toMatch(/<rect [^>]*width="8"/);
    expect(drawSequence({ ...SMALL, messages, spans: [] })).not.toMatch(/<rect [^>]*width="8"/);
  });

  test('is as wide as a column of text, and no row is below its end', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const svg = drawSequence({ ...recording, participants: ['fast', 'slow', 'host'] });
        const [, width, height] = /width="(\d+)" height="([\d.]+)"/.exec(svg) ?? [];
        expect(Number(width)).toBe(640);
        const places = [...svg.matchAll(/ y="([\d.]+)"/g)].map(([, y]) => Number(y));
        expect(Math.max(...places)).toBeLessThanOrEqual(Number(height));
      }),
      { numRuns: 40 },
    );
  });
});
