import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Book } from '../../src/book/book.ts';
import { parseChapter } from '../../src/book/chapter/parse.ts';
import { html } from '../../src/book/render/html.ts';
import { createTextRenderer } from '../../src/book/render/text.ts';
import { textCases } from './text-fixtures.ts';

const FIXTURES = new URL('fixtures/rules', import.meta.url).pathname;
const SCENARIOS = ['count'];
const RECORDINGS = ['01-count'];
/** Holds the recordings that chapters show. */
const ROOT = new URL('fixtures/recordings-book', import.meta.url).pathname;

/** A highlighter without colours, that tells which language it was given. */
const render = createTextRenderer((language, code) => html`${language}: ${code}`);

/** Words of the book: one that is a verb as well, and one of two words. */
const GLOSSARY = '# Words\n\nAll of them.\n\n### Base offset\n\nThe first.\n\n### Run\n\nA life.\n';

/** A chapter with a title and a first paragraph, followed by some Markdown. */
function rendered(markdown: string): string {
  const { chapter } = parseChapter(
    '01-count',
    `# Title\n\nLede.\n\n${markdown}\n`,
    SCENARIOS,
    RECORDINGS,
  );
  const { chapter: glossary } = parseChapter('a3-words', GLOSSARY, SCENARIOS);
  const book: Book = {
    root: ROOT,
    config: {
      title: 'A book',
      subtitle: 'for tests',
      parts: [],
      scenarios: SCENARIOS,
      glossary: 'a3-words',
      repository: { files: 'https://host.example/blob/main' },
    },
    chapters: [chapter, glossary],
    shown: new Map(),
    runs: new Map(),
  };
  // What a drawing looks like is tested where it is drawn.
  const drawing = /(<svg)[^>]*(>.*?<\/desc>).*(<\/svg>)/gs;
  return render(book, chapter).body.html.trim().replace(drawing, '$1$2$3');
}

const rules = readdirSync(FIXTURES).map((name) => name.replace('.txt', ''));

describe.each(rules)('the rule for a %s', (rule) => {
  const cases = textCases(`rules/${rule}`);
  test.each(cases)('$title', ({ input, expected }) => {
    expect(rendered(input)).toBe(expected);
  });
});

test('every rule has a fixture', () => {
  const folder = new URL('../../src/book/render/rules', import.meta.url).pathname;
  const files = readdirSync(folder).map((name) => name.replace('.ts', ''));
  expect(rules.sort()).toEqual(files.filter((name) => name !== 'env').sort());
});
