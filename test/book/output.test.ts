import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeOutput, outputDiff, outputMatches } from '../../src/book/record/output.ts';
import { textCases } from './text-fixtures.ts';

const fixed = (pattern: string) => ({ pattern, vary: undefined });
const numbers = (pattern: string) => ({ pattern, vary: 'numbers' as const });

describe('an output is compared with what the chapter shows', () => {
  for (const { title, input, expected } of textCases('outputs')) {
    test(title, () => {
      const [pattern = '', actual = ''] = input.split(/^---\n?/m).map((part) => part.trimEnd());
      const result = outputMatches(fixed(pattern), actual)
        ? 'matches'
        : `${outputDiff(fixed(pattern), actual)}\n=>\n${mergeOutput(fixed(pattern), actual)}`;
      expect(result).toBe(expected);
    });
  }

  test('numbers may vary where the chapter says so, words may not', () => {
    const shown = numbers('  4 × WorkflowTaskStarted\n19 events, 2,823 bytes');
    expect(outputMatches(shown, ' 12 × WorkflowTaskStarted\n9 events, 98 bytes')).toBe(true);
    expect(outputMatches(shown, ' 12 × WorkflowTaskFailed\n9 events, 98 bytes')).toBe(false);
    expect(outputMatches(fixed(shown.pattern), '4 × WorkflowTaskStarted\n9 events')).toBe(false);
  });
});

describe('laws of a recording', () => {
  const words = fc.array(fc.constantFrom('one', 'two', 'took 3 ms', '[x]*', ''), { maxLength: 8 });
  const patterns = fc.array(fc.constantFrom('one', 'two', 'took … ms', '…', '[x]*'), {
    maxLength: 8,
  });
  const lines = (parts: string[]) => parts.join('\n');

  test('what was recorded matches the run that it was recorded from', () => {
    fc.assert(
      fc.property(patterns, words, (pattern, actual) => {
        const merged = mergeOutput(fixed(lines(pattern)), lines(actual));
        expect(outputMatches(fixed(merged), lines(actual))).toBe(true);
      }),
    );
  });

  test('a text without an ellipsis matches itself and nothing that is one line longer', () => {
    fc.assert(
      fc.property(words, (parts) => {
        expect(outputMatches(fixed(lines(parts)), lines(parts))).toBe(true);
        expect(outputMatches(fixed(lines(parts)), lines([...parts, 'more']))).toBe(false);
      }),
    );
  });
});
