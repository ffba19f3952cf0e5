import fc from 'fast-check';
import {
  type AnswerEvent,
  foldAnswer,
  NO_ANSWER,
  type Paper,
  pipePaper,
  printable,
  render,
  screenPaper,
} from 'streambook/llm';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { breakLine } from '../../src/llm/paper/rows.ts';
import { Terminal } from './terminal.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const HEADER = 'workflow llm-1\n\n';
const MARK = '── attempt 2: starting again ──';

const say = (attempt: number, texts: string[]): AnswerEvent[] =>
  texts.map((text) => ({ kind: 'delta', attempt, text }));

/** Writes what a reader of the events would see. */
function written(paper: Paper, events: AnswerEvent[]): string {
  let answer = NO_ANSWER;
  const pieces = events.map((event) => {
    const before = answer;
    answer = foldAnswer(answer, event);
    return render(paper, before, answer);
  });
  return pieces.join('');
}

function onTerminal(events: AnswerEvent[], columns = 20, rows = 8): Terminal {
  const terminal = new Terminal(columns, rows);
  terminal.write(HEADER);
  terminal.write(
    written(
      screenPaper(() => ({ columns, rows })),
      events,
    ),
  );
  return terminal;
}

describe('on a terminal', () => {
  test('words stay whole, also when they come in pieces', () => {
    const { text } = onTerminal(say(1, ['the quick br', 'own fox jum', 'ps over', ' it']));
    expect(text).toBe(`${HEADER}the quick brown fox\njumps over it`);
  });

  test('a retry goes back to where the answer began', () => {
    const { text } = onTerminal([
      ...say(1, ['the quick brown fox jumps\nover']),
      ...say(2, ['new']),
    ]);
    expect(text).toBe(`${HEADER}── attempt 2:\nstarting again ──\nnew`);
  });

  test('so does a third attempt', () => {
    const events = [...say(1, ['a\nb\nc']), ...say(2, ['d\ne']), ...say(3, ['f'])];
    expect(onTerminal(events, 40).text).toBe(`${HEADER}── attempt 3: starting again ──\nf`);
  });

  test('an answer longer than the screen is cleared as far as it can be', () => {
    const long = Array.from({ length: 30 }, (_, i) => `line ${i}\n`);
    const { text, screen } = onTerminal([...say(1, long), ...say(2, ['new'])], 40);
    const left = Array.from({ length: 23 }, (_, i) => `line ${i}\n`).join('');
    expect(text).toBe(`${HEADER}${left}${MARK}\nnew`);
    expect(screen).toContain(MARK);
  });

  test('what interrupts an answer is told, and goes with it', () => {
    const failed: AnswerEvent = { kind: 'failed', attempt: 1, reason: 'Broke off.', again: true };
    const interrupted = [...say(1, ['half an']), failed];
    expect(onTerminal(interrupted, 60).text).toBe(
      `${HEADER}half an\n── Broke off. Trying again … ──\n`,
    );
    expect(onTerminal([...interrupted, ...say(2, ['whole'])], 60).text).toBe(
      `${HEADER}${MARK}\nwhole`,
    );
  });

  test('a terminal that has become narrower is rewound by the rows that it has now', () => {
    const terminal = new Terminal(10, 20);
    let columns = 40;
    const paper = screenPaper(() => ({ columns, rows: 20 }));
    paper.add('thirty signs of text in one row');
    terminal.write('thirty signs of text in one row');
    columns = 10;
    terminal.write(paper.rewind('mark'));
    expect(terminal.text).toBe('mark\n');
  });
});

const texts = fc.array(
  fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '漢', 'é', '👍') }),
    fc.constantFrom('word ', 'a much longer word: pneumonoultramicroscopic ', '\n\n', '  indented'),
  ),
);
const sizes = fc.record({
  columns: fc.integer({ min: 2, max: 30 }),
  rows: fc.integer({ min: 1, max: 12 }),
});
/** Without the blanks and breaks that a row may add or take away. */
const letters = (text: string): string => text.replace(/\s/g, '');

test('whatever came before, a terminal ends with the last attempt, after its mark', () => {
  fc.assert(
    fc.property(texts, texts, sizes, (first, second, { columns, rows }) => {
      const events = [...say(1, ['x', ...first]), ...say(2, ['y', ...second])];
      const { text } = onTerminal(events, columns, rows);
      const [, after = ''] = letters(text).split(letters(MARK));
      expect(after).toBe(letters(`y${second.join('')}`));
    }),
  );
});

test('an answer that fits is gone from the terminal after a retry', () => {
  fc.assert(
    fc.property(texts, sizes, (first, { columns }) => {
      const { text } = onTerminal([...say(1, ['x', ...first]), ...say(2, ['y'])], columns, 10_000);
      expect(letters(text)).toBe(letters(`${HEADER}${MARK}y`));
    }),
  );
});

test('no row is wider than the screen, and nothing is lost', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.integer({ min: 2, max: 30 }),
      (line, columns) => {
        const rows = breakLine(line, columns);
        expect(letters(rows.join(''))).toBe(letters(line));
        // A sign that is wider than the screen has a row of its own; nobody can break it.
        const breakable = rows.filter((row) => [...graphemes.segment(row)].length > 1);
        for (const row of breakable) expect(stringWidth(row)).toBeLessThanOrEqual(columns);
      },
    ),
  );
});

describe('in a pipe', () => {
  test('text is written as it comes, and a retry sets a mark', () => {
    const events = [...say(1, ['half an']), ...say(2, ['whole ', 'one'])];
    expect(written(pipePaper(), events)).toBe(`half an\n${MARK}\nwhole one`);
  });

  test('there are no escape sequences', () => {
    const events = [
      ...say(1, ['a \u001b[31mred\u001b[0m word']),
      ...say(2, ['\u001b]0;title\u0007']),
    ];
    expect(written(pipePaper(), events)).not.toContain('\u001b');
  });

  test('a line beside the answer waits for its end, or for the retry', () => {
    const paper = pipePaper();
    const text = [paper.add('one '), paper.aside('── killed ──'), paper.add('two'), paper.end()];
    expect(text.join('')).toBe('one two\n── killed ──\n\n');
    const again = [paper.add('one'), paper.aside('── killed ──'), paper.rewind('── 2 ──')];
    expect(again.join('')).toBe('one\n── killed ──\n── 2 ──\n');
  });
});

test('control characters are no part of what is shown, but tabs and line breaks are', () => {
  expect(printable('a\tb\nc\r\u001b[2Jd\u009b1Ae\u0000\u007f')).toBe('a\tb\nc[2Jd1Ae');
});
