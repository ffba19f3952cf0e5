/** What a reader finds things by: ids of blocks, sections, names, words, and what a chapter promises. */
import { describe, expect, test } from 'vitest';
import { excerptAround } from '../../src/book/browser/excerpt-around.ts';
import { programOf } from '../../src/book/browser/program.ts';
import { blockIds } from '../../src/book/chapter/block-ids.ts';
import { termsOf } from '../../src/book/chapter/glossary.ts';
import { parseChapter } from '../../src/book/chapter/parse.ts';
import { promiseOf } from '../../src/book/chapter/promise.ts';
import { sectionsOf } from '../../src/book/chapter/sections.ts';
import { isSaidOf, symbolsOf } from '../../src/book/source/symbols.ts';

const chapter = (markdown: string, slug = '01-count') =>
  parseChapter(slug, `# Title\n\nLede.\n\n${markdown}\n`, []).chapter;
const fence = (info: string, code = '1;') => `\`\`\`${info}\n${code}\n\`\`\`\n\n`;

describe('the id of a block', () => {
  test('names an excerpt by its file and region, and counts cells and commands', () => {
    const ids = blockIds(
      chapter(
        fence('ts file=src/stream/read/quiet.ts#first') +
          fence('ts run') +
          fence('sh run', 'true') +
          fence('ts run') +
          fence('ts file=src/events.ts'),
      ),
    );
    expect([...ids.values()]).toEqual([
      'code-stream-read-quiet-first',
      'cell-1',
      'command-1',
      'cell-2',
      'code-events',
    ]);
  });

  test('is given once, also where a heading has it', () => {
    const ids = blockIds(
      chapter(`## cell 1\n\n${fence('ts run')}${fence('ts file=a.ts')}${fence('ts file=a.ts')}`),
    );
    expect([...ids.values()]).toEqual(['cell-1-2', 'code-a', 'code-a-2']);
  });
});

test('a name is introduced by the first excerpt that declares it, and used in other chapters', () => {
  const first = chapter(
    fence('ts file=src/log.ts#log', 'export class Log {}\nclass Hidden {}') +
      fence('ts file=src/log.ts#more', 'export class Log {}\nexport const LIMIT = 1, MOST = 2;'),
  );
  const second = chapter(fence('ts run', 'const log = new Log();'), '02-again');
  const symbols = symbolsOf([first, second]);
  expect(symbols.map(({ name, kind, blockId }) => `${kind} ${name} ${blockId}`)).toEqual([
    'constant LIMIT code-log-more',
    'class Log code-log-log',
    'constant MOST code-log-more',
  ]);
  expect(symbols.map(({ usedIn }) => usedIn.map(({ slug }) => slug))).toEqual([
    [],
    ['02-again'],
    [],
  ]);
});

test('a name is that of a symbol, and not of a method that is called the same', () => {
  const subscribe = { name: 'subscribe', kind: 'function' } as const;
  expect(isSaidOf(subscribe, 'function subscribe<T>(stream: Stream): T')).toBe(true);
  expect(isSaidOf(subscribe, '(method) WorkflowStreamClient.subscribe(): void')).toBe(false);
  const log = { name: 'Log', kind: 'class' } as const;
  expect(isSaidOf(log, 'class Log')).toBe(true);
  expect(isSaidOf(log, 'new Log(first?: number): Log')).toBe(true);
  expect(isSaidOf(log, 'class Logbook')).toBe(false);
  expect(isSaidOf({ name: 'TICKS', kind: 'constant' }, 'const TICKS: "ticks"')).toBe(true);
});

test('a section has the words under its heading, and not its code', () => {
  const sections = sectionsOf(
    chapter(`## One *day*\n\nA [link](x.md),\n\`code\`.\n\n${fence('ts run')}- item\n`),
  );
  expect(sections).toEqual([
    { title: 'Title', id: 'title', text: 'Lede.' },
    { title: 'One day', id: 'one-day', text: 'A link, code. item' },
  ]);
});

test('a word of the glossary has the paragraph under it, without markup', () => {
  const glossary = chapter(
    '### Base offset\n\nThe *first* one. [Chapter 4](04.md).\n\n### Run\n\nA life.',
  );
  expect(termsOf(glossary)).toEqual([
    { term: 'Base offset', id: 'base-offset', text: 'The first one. Chapter 4.' },
    { term: 'Run', id: 'run', text: 'A life.' },
  ]);
  expect(termsOf(undefined)).toEqual([]);
});

test('a chapter promises what stands before its first section, and nothing else', () => {
  const promising = chapter(
    '**You will have** a `log`.\n\nAbout 20 minutes.\n\n## Section\n\nAbout 5 minutes.',
  );
  expect(promiseOf(promising)).toEqual({ outcome: 'a log.', minutes: 20 });
  expect(promiseOf(chapter('## Section\n\n**You will have** all. About 5 minutes.'))).toEqual({
    outcome: undefined,
    minutes: undefined,
  });
});

describe('a cell as a program', () => {
  const cell = (id: string, imports: string[], isSetUp = true) => {
    return { id, imports, body: `${id}();`, isSetUp, closes: [] };
  };
  const cells = [
    cell('first', ['import a;']),
    cell('throws', ['import b;'], false),
    cell('last', ['import a;']),
  ];

  test('has what the cells before it import and set up, and nothing of one that throws', () => {
    expect(programOf(cells, 'last')).toBe('import a;\n\nfirst();\n\nlast();\n');
  });

  test('that throws has itself, at its end', () => {
    expect(programOf(cells, 'throws')).toBe('import a;\nimport b;\n\nfirst();\n\nthrows();\n');
  });

  test('that is not there is none', () => {
    expect(programOf(cells, 'other')).toBeUndefined();
  });
});

describe('the words around a match', () => {
  const text = `${'before '.repeat(20)}the offset is a number ${'after '.repeat(40)}`;

  test('begin and end with whole words', () => {
    const { before, match, after } = excerptAround(text, ['missing', 'offset']);
    expect(match).toBe('offset');
    expect(before).toMatch(/^… before (before )+the $/);
    expect(after).toMatch(/^ is a number (after )+…$/);
  });

  test('are the beginning of a text without it', () => {
    expect(excerptAround('Short.', ['offset'])).toEqual({ before: '', match: '', after: 'Short.' });
  });
});
