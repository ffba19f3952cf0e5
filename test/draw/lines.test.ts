import { describe, expect, test } from 'vitest';
import { drawLines } from '../../src/draw/lines.ts';

const drawing = {
  x: 'seconds',
  y: 'items',
  series: [
    {
      name: 'proc & done',
      points: [
        [0, 0],
        [1, 4.256],
        [2.5, 9],
      ] as const,
    },
    {
      name: 'pend',
      points: [
        [0, 3],
        [1, 1],
      ] as const,
    },
  ],
};

describe('lines', () => {
  test('are drawn with both axes named, and a legend', async () => {
    const svg = await drawLines(drawing);
    expect(svg).toContain('>seconds</text>');
    expect(svg).toContain('items</text>');
    expect(svg).toContain('>proc &amp; done</text>');
    expect(svg.match(/aria-label="line"/g)).toHaveLength(2);
  });

  test('say in words what they show', async () => {
    const svg = await drawLines(drawing);
    expect(svg).toContain('<title>items over seconds: proc &amp; done, pend</title>');
    expect(svg).toContain('proc &amp; done: from 0 to 9 items, between 0 and 2.5 seconds.');
  });

  test('bring no style sheet, so that the image is the same in every page', async () => {
    const svg = await drawLines(drawing);
    expect(svg).not.toMatch(/<style|style=|<script/);
  });

  test('are drawn the same each time, so that a recording changes only what has changed', async () => {
    expect(await drawLines(drawing)).toBe(await drawLines(drawing));
  });
});
