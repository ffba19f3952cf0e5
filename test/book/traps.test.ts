import { describe, expect, test } from 'vitest';
import type { Cell } from '../../src/book/chapter/chapter.ts';
import { syntaxTraps } from '../../src/book/notebook/traps.ts';
import { textCases } from './text-fixtures.ts';

function cell(code: string, throws?: string): Cell {
  return {
    kind: 'cell',
    line: 0,
    endLine: 0,
    code,
    throws,
    output: undefined,
    exercise: undefined,
    isAnswer: false,
  };
}

function trapsOf(tried: Cell): string {
  const problems = syntaxTraps('chapters/01-x.md', tried);
  return problems.map(({ line, message }) => `${line}: ${message}`).join('\n');
}

describe('syntax that trips the notebook kernel', () => {
  for (const { title, input, expected } of textCases('traps')) {
    test(title, () => expect(trapsOf(cell(input))).toBe(expected));
  }

  test('an import in a cell that throws, which a notebook puts inside `try`', () => {
    expect(trapsOf(cell("import 'streambook/log';", 'TypeError'))).toBe(
      '1: an import in a cell that throws',
    );
  });

  test('the line is that of the chapter', () => {
    const [problem] = syntaxTraps('chapters/01-x.md', { ...cell('\nexport {};'), line: 40 });
    expect(problem).toMatchObject({ file: 'chapters/01-x.md', line: 42 });
  });
});
