import fc from 'fast-check';
import { lanesFor } from 'streambook/ticker';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';

const NAMES = { left: 'fast', right: 'slow' };
const JUMP = '↪ jumped offset=127 → 131 (3 dropped)';

describe('lanes', () => {
  test('stand side by side from 79 columns on', () => {
    const lanes = lanesFor(79, NAMES);
    expect(lanes({ left: JUMP })).toEqual([`${JUMP}  │`]);
    expect(lanes({ right: JUMP })).toEqual([`${' '.repeat(38)} │ ${JUMP}`]);
    expect(lanes({ left: 'a', right: 'b' })).toEqual([`a${' '.repeat(37)} │ b`]);
  });

  test('fold into one on a narrower terminal, where each line says whose it is', () => {
    const lanes = lanesFor(78, NAMES);
    expect(lanes({ left: 'a' })).toEqual(['fast │ a']);
    expect(lanes({ right: JUMP })).toEqual([`slow │ ${JUMP}`]);
    expect(lanes({ left: 'a\nb', right: 'c' })).toEqual(['fast │ a', 'fast │ b', 'slow │ c']);
  });

  test('stay close together on a wide terminal', () => {
    expect(lanesFor(400, NAMES)({ right: 'b' })).toEqual([`${' '.repeat(50)} │ b`]);
  });

  test('fill rows of both sides, however many lines each has', () => {
    const lines = lanesFor(80, NAMES)({ left: 'a\nb', right: 'c' });
    expect(lines).toEqual([`a${' '.repeat(37)} │ c`, `b${' '.repeat(37)} │`]);
  });

  test('never say more than the terminal is wide, and lose nothing', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '7', '→', '漢'),
      minLength: 1,
      maxLength: 90,
    });
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 130 }), text, text, (columns, left, right) => {
        const lines = lanesFor(columns, NAMES)({ left, right });
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
        const said = [...lines.join('')].filter((sign) => (left + right).includes(sign)).length;
        expect(said).toBeGreaterThanOrEqual([...left, ...right].length);
      }),
    );
  });
});
