import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { topicColours } from '../../src/draw/colours.ts';
import { nextOffset, slotsOf, type TapeDrawing } from '../../src/draw/slots.ts';
import { drawTape } from '../../src/draw/tape.ts';

const items = (from: number, to: number, topic = 'tick') =>
  Array.from({ length: to - from }, (_, index) => ({ offset: from + index, topic }));

/** `item 13`, `dropped 10–12`, … */
function told(drawing: TapeDrawing): string[] {
  return slotsOf(drawing).map(({ kind, from, to }) =>
    to - from === 1 ? `${kind} ${from}` : `${kind} ${from}–${to - 1}`,
  );
}

describe('the places of a tape', () => {
  test('are what the log holds, and what a reader has missed before it', () => {
    const drawing = {
      items: items(13, 15),
      base: 13,
      cursors: [{ name: 'slow', offset: 9 }],
      dropped: [{ from: 10, to: 13 }],
    };
    expect(told(drawing)).toEqual([
      'gone 9',
      'dropped 10',
      'dropped 11',
      'dropped 12',
      'item 13',
      'item 14',
    ]);
  });

  test('are one for a long run of which nothing is left', () => {
    const drawing = { items: items(40, 41), base: 40, cursors: [], dropped: [{ from: 3, to: 40 }] };
    expect(told(drawing)).toEqual(['dropped 3–39', 'item 40']);
  });

  test('of topics that were not asked for are there without a topic', () => {
    const drawing = { items: [...items(0, 1), ...items(2, 3)], base: 0, cursors: [] };
    expect(told(drawing)).toEqual(['item 0', 'other 1', 'item 2']);
  });

  test('cover every offset once, whatever is drawn', () => {
    const offsets = fc.nat({ max: 40 });
    const drawings = fc.record({
      items: fc.array(fc.record({ offset: offsets, topic: fc.constantFrom('a', 'b') })),
      base: offsets,
      cursors: fc.array(fc.record({ name: fc.string(), offset: offsets })),
      dropped: fc.array(
        fc.tuple(offsets, offsets).map(([from, length]) => ({ from, to: from + length })),
      ),
    });
    fc.assert(
      fc.property(drawings, (drawing) => {
        const slots = slotsOf(drawing);
        for (const [index, { from, to }] of slots.entries()) {
          expect(to).toBeGreaterThan(from);
          if (index > 0) expect(from).toBe(slots[index - 1]?.to);
        }
        if (slots.length > 0) expect(slots.at(-1)?.to).toBe(nextOffset(drawing));
        for (const { offset } of drawing.items) {
          expect(slots.some(({ from, to }) => from <= offset && offset < to)).toBe(true);
        }
      }),
    );
  });
});

describe('a tape', () => {
  const drawing = {
    items: items(13, 16),
    base: 13,
    cursors: [
      { name: 'fast <1>', offset: 16 },
      { name: 'slow', offset: 10 },
    ],
    dropped: [{ from: 10, to: 13 }],
  };

  test('says in words what it shows, and is one image to who does not see it', () => {
    const svg = drawTape(drawing);
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
    expect(svg).toContain('<title>A log of 3 items, from base offset 13 to next offset 16</title>');
    expect(svg).toContain('Offsets 10 to 12 were dropped. fast &lt;1&gt; wants offset 16 next.');
  });

  test('marks the base, hatches what was dropped, and names every reader', () => {
    const svg = drawTape(drawing);
    expect(svg).toContain('>base 13</text>');
    expect(svg.match(/stroke="#c9c2b2"/g)).toHaveLength(4);
    expect(svg).toContain('>slow</text>');
    expect(svg).toContain('>next 16</text>');
  });

  test('of an empty log has its base and the place of the first item', () => {
    const svg = drawTape({ items: [], base: 0, cursors: [] });
    expect(svg).toContain('>base 0</text>');
    expect(svg).toContain('>next 0</text>');
  });

  test('goes on in another row when it is long, and is no wider for it', () => {
    const width = (count: number) =>
      Number(/width="(\d+)"/.exec(drawTape({ items: items(0, count), base: 0, cursors: [] }))?.[1]);
    expect(width(60)).toBeLessThan(800);
    expect(width(60)).toBeLessThanOrEqual(width(15));
  });

  test('gives a topic the colour that it has on the pages', () => {
    const colours = topicColours(['news', 'progress', 'status', 'news', 'ads']);
    expect(colours.get('status')).toBe('#1d6482');
    expect(colours.get('progress')).toBe('#47702a');
    expect(new Set(colours.values()).size).toBe(4);
  });
});
