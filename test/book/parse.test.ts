import { describe, expect, test } from 'vitest';
import { cells, runnables } from '../../src/book/chapter/chapter.ts';
import { parseChapter } from '../../src/book/chapter/parse.ts';
import { fixtureBook } from './fixture-book.ts';

const TITLE = '# Title\n\nLede.\n\n';
const FENCE = '```';
const problemsOf = (body: string) =>
  parseChapter('01-x', TITLE + body, ['order']).problems.map(({ line, message }) => [
    line,
    message,
  ]);

describe('a chapter is read as data', () => {
  test('title, lede, number and sections are those of the text', () => {
    const chapter = fixtureBook().chapter('01-count');
    expect(chapter).toMatchObject({
      number: '1',
      title: 'Counting aloud',
      lede: 'A tally counts what it is told. We build one, and see what goes wrong.',
    });
    const sections = chapter.headings.filter(({ level }) => level === 2).map(({ id }) => id);
    expect(sections).toEqual(['the-smallest-tally', 'what-goes-wrong', 'exercises']);
  });

  test('every block knows the line of its fence, and the blocks leave no line out', () => {
    const { blocks, lines } = fixtureBook().chapter('01-count');
    for (const block of blocks.filter(({ kind }) => kind === 'cell' || kind === 'output')) {
      expect(lines[block.line - 1]).toMatch(/^```/);
      expect(lines[block.endLine - 2]).toBe('```');
    }
    const covered = new Set<number>();
    for (const { line, endLine } of blocks) {
      for (let at = line; at < endLine; at += 1) covered.add(at);
    }
    const left = lines.filter((text, index) => text !== '' && !covered.has(index + 1));
    expect(left).toEqual([]);
  });

  test('an output belongs to the cell or command above it', () => {
    const shown = runnables(fixtureBook().chapter('01-count')).map(({ output }) => output?.pattern);
    expect(shown).toEqual([
      undefined,
      'count is 1\ncount is 2\ncount is 3\nfinished at …',
      '1 2 3',
      "about to fail\nTypeError: Cannot read properties of null (reading 'add')",
      undefined,
      undefined,
      'count is 4',
      '4',
    ]);
  });

  test('the cells of an exercise know their part and its id, the others have none', () => {
    const parts = cells(fixtureBook().chapter('01-count')).map(({ exercise }) => exercise);
    const [first, second, third] = ['check', 'exercise', 'solution'].map((part) => ({
      part,
      id: '01.1',
    }));
    expect(parts).toEqual([undefined, undefined, undefined, first, second, third, undefined]);
  });
});

describe('a chapter with a mistake is told its line', () => {
  test.for([
    ['an unknown flag', `${FENCE}ts rum\n${FENCE}`, 5, 'unknown flag `rum` on a `ts` fence'],
    [
      'an output without a cell',
      `${FENCE}text output\n${FENCE}`,
      5,
      'an output without a cell or command above it',
    ],
    [
      'a cell in a list',
      `- a\n\n  ${FENCE}ts run\n  ${FENCE}`,
      7,
      'a block inside a list or a quote',
    ],
    ['code by indentation', 'text\n\n    const x = 1;', 7, 'code by indentation has no role'],
    ['an unknown recording', '<!-- recording 01-oder -->', 5, 'an unknown recording `01-oder`'],
    ['an unknown recording of a sequence', '<!-- sequence x -->', 5, 'an unknown recording `x`'],
    ['an unknown scenario', '<!-- panel oder -->', 5, 'a panel of an unknown scenario `oder`'],
    [
      'a fold that stays open',
      '<details><summary>S</summary>\n\ntext',
      5,
      'a `<details>` that is never closed',
    ],
    [
      'a fence right behind HTML',
      `<details><summary>S</summary>\n${FENCE}ts run\n${FENCE}`,
      5,
      'HTML that swallows what follows it',
    ],
  ] as const)('%s', ([, body, line, message]) => {
    expect(problemsOf(body)).toEqual([[line, message]]);
  });

  const part = (name: string, id = '01.1') => `${FENCE}ts ${name}=${id}\n${FENCE}\n`;
  const folded = (body: string) => `<details><summary>S</summary>\n\n${body}\n</details>\n`;
  const solution = (id?: string) => folded(part('solution', id));

  test('an exercise that is whole has none', () => {
    expect(problemsOf(part('check') + part('exercise') + solution())).toEqual([]);
  });

  test.for([
    [
      'a part that is missing',
      part('check') + solution(),
      5,
      'exercise 01.1 has no `ts exercise=01.1`',
    ],
    [
      'a part that stands twice',
      part('check') + part('check') + part('exercise') + solution(),
      7,
      'exercise 01.1 has a second `check`, after line 5',
    ],
    [
      'parts in another order',
      part('exercise') + part('check') + solution(),
      5,
      'exercise 01.1 has its parts in another order',
    ],
    [
      'a solution that everybody sees',
      part('check') + part('exercise') + part('solution'),
      9,
      'a solution outside `<details>`',
    ],
    [
      'a cell that is folded away',
      folded(`${FENCE}ts run\n${FENCE}\n`),
      7,
      'a cell inside `<details>` that is no solution',
    ],
    [
      'the id of another chapter',
      part('check', '02.1') + part('exercise', '02.1') + solution('02.1'),
      5,
      '`02.1` is no exercise of this chapter',
    ],
  ] as const)('%s', ([, body, line, message]) => {
    expect(problemsOf(body)).toEqual([[line, message]]);
  });

  const choices = '1. one\n2. two\n\n';
  const answered = (body: string) =>
    `<details>\n<summary>Answer</summary>\n\n${body}\n\n</details>\n`;

  test('a quiz that is whole has none, and may prove its answer', () => {
    expect(problemsOf(choices + answered('**2.** So it is.'))).toEqual([]);
    const proof = `**2.** So it is.\n\n${FENCE}ts answer\n${FENCE}`;
    expect(problemsOf(choices + answered(proof))).toEqual([]);
  });

  test.for([
    [
      'a quiz without choices',
      answered('**1.** So it is.'),
      5,
      'an answer without a list of choices above it',
    ],
    [
      'a quiz of which something stands between choices and answer',
      `${choices}Think.\n\n${answered('**1.** So it is.')}`,
      10,
      'an answer without a list of choices above it',
    ],
    [
      'an answer that does not say which',
      choices + answered('So it is.'),
      8,
      'an answer that does not begin with its number',
    ],
    [
      'an answer that is no choice',
      choices + answered('**3.** So it is.'),
      8,
      'the answer is 3, and there are 2 choices',
    ],
    [
      'a proof of nothing',
      `${FENCE}ts answer\n${FENCE}\n`,
      5,
      'a `ts answer` that answers nothing',
    ],
    [
      'a proof in a solution',
      folded(`${FENCE}ts answer\n${FENCE}\n`),
      7,
      'a `ts answer` that answers nothing',
    ],
    [
      'a cell that is folded away with an answer',
      choices + answered(`**1.** So.\n\n${FENCE}ts run\n${FENCE}`),
      13,
      'a cell inside `<details>` that is no solution',
    ],
  ] as const)('%s', ([, body, line, message]) => {
    expect(problemsOf(body)).toEqual([[line, message]]);
  });

  test('a second output of the same cell', () => {
    const output = `${FENCE}text output\n${FENCE}\n`;
    expect(problemsOf(`${FENCE}ts run\n${FENCE}\n${output}${output}`)).toEqual([
      [9, 'a second output of the block on line 5'],
    ]);
  });
});
