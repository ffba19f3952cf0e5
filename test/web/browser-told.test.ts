import { describe, expect, test } from 'vitest';
import { checkTold, cursorsAfter, type Told } from '../../src/web/browser/told.ts';

const RUN = {
  id: 'a1',
  scenario: 'ticker',
  workflowId: 'ticker-a1',
  topics: ['ticks'],
  readers: ['fast', 'slow'],
  knobs: {},
  events: '/api/runs/a1/events',
};

const tick = (reader: string, offset: number): Told => [
  reader,
  { offset, topic: 'ticks', data: { n: offset + 1 } },
];
const TOLD: Told[] = [
  ['fast', { from: 0, to: 2 }],
  tick('slow', 0),
  tick('fast', 2),
  tick('fast', 3),
  ['slow', { from: 1, to: 3 }],
  tick('slow', 3),
];

describe('what a tab has kept of a run', () => {
  test('is taken as it was told, items and gaps', () => {
    expect(checkTold(JSON.parse(JSON.stringify(TOLD)), RUN)).toEqual(TOLD);
  });

  test('says where each reader goes on', () => {
    expect(cursorsAfter(TOLD)).toEqual(
      new Map([
        ['fast', 4],
        ['slow', 4],
      ]),
    );
    expect(cursorsAfter(TOLD.slice(0, 2)).get('slow')).toBe(1);
    expect(cursorsAfter([]).get('fast')).toBeUndefined();
  });

  test.each([
    ['nothing', undefined],
    ['no list', { fast: [] }],
    ['something that is no pair', [3]],
    ['another reader', [tick('medium', 0)]],
    ['a reader from the prototype', [tick('__proto__', 0)]],
    ['an item of another topic', [['fast', { offset: 0, topic: 'end', data: 1 }]]],
    ['a topic that is no text', [['fast', { offset: 0, topic: ['ticks'], data: 1 }]]],
    ['an item without data', [['fast', { offset: 0, topic: 'ticks' }]]],
    ['an offset that is none', [['fast', { offset: '0', topic: 'ticks', data: 1 }]]],
    ['a negative offset', [['fast', { offset: -1, topic: 'ticks', data: 1 }]]],
    ['an item that is missing', [tick('fast', 0), tick('fast', 2)]],
    ['an item twice', [tick('fast', 0), tick('fast', 0)]],
    ['a gap that is none', [tick('fast', 0), ['fast', { from: 1, to: 1 }]]],
    ['a gap without a beginning', [['fast', { to: 3 }]]],
    ['a gap to nowhere', [['fast', { from: 0, to: Number.POSITIVE_INFINITY }]]],
    ['a gap that begins elsewhere', [tick('fast', 0), ['fast', { from: 3, to: 4 }]]],
    ['no reading', [['fast', null]]],
  ])('is read anew from the beginning when there is in it %s', (_what, kept) => {
    expect(checkTold(kept, RUN)).toEqual([]);
  });
});
