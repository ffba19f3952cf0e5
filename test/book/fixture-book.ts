import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadBook } from '../../src/book/book.ts';
import { type Chapter, runnables } from '../../src/book/chapter/chapter.ts';
import { parseChapter } from '../../src/book/chapter/parse.ts';
import { writeNotebooks } from '../../src/book/notebook/write.ts';
import { BASE_VERSIONS } from '../../src/book/record/lab.ts';
import { readRuns, runOf, writeRuns } from '../../src/book/record/runs.ts';

const FIXTURE = new URL('fixtures/book', import.meta.url).pathname;
/** Inside the clone, so that the cells of a copy find the installed packages. */
const COPIES = new URL('../../.streambook/fixture-books', import.meta.url).pathname;

/** The day on which the chapters of the fixture book ran. */
export const RUN_DATE = '2026-01-02';

/** A copy of the fixture book that a test may break. It is deleted when the test ends. */
export interface FixtureBook {
  root: string;
  /** Replaces a text that must be there, in a file of the book; of a chapter, as if it then had been recorded. */
  edit(file: string, from: string, to: string): void;
  /** The same, without a recording. */
  editUnrecorded(file: string, from: string, to: string): void;
  /** Writes a file of the book; a chapter as if it then had been recorded. */
  write(file: string, text: string): void;
  read(file: string): string;
  /** `file:line` of the first line that has a text, which must be there. */
  place(file: string, text: string): string;
  chapter(slug: string): Chapter;
  /** Lets the last cell of the chapter `02-again` show a figure, and an image below it. */
  draw(name: string): void;
  /** Puts a recording into the chapter `02-again`, made by a command; its file is not there yet. */
  record(name: string, command: string): void;
}

/**
 * Makes a copy of the fixture book, with its notebooks.
 *
 * @param atEnd - registers what deletes the copy
 */
export function fixtureBook(atEnd: (remove: () => void) => void = onTestFinished): FixtureBook {
  mkdirSync(COPIES, { recursive: true });
  const root = mkdtempSync(join(COPIES, 'book-'));
  atEnd(() => rmSync(root, { recursive: true, force: true }));
  cpSync(FIXTURE, root, { recursive: true });
  const { book } = loadBook(root);
  writeNotebooks(book);
  for (const chapter of book.chapters) remember(root, chapter);
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const replaced = (file: string, from: string, to: string) => {
    const text = read(file);
    if (!text.includes(from)) throw new Error(`${file} has no "${from}" to replace`);
    return text.replace(from, () => to);
  };
  const write = (file: string, text: string) => {
    writeFileSync(join(root, file), text);
    const [, slug] = /^chapters\/(.*)\.md$/.exec(file) ?? [];
    if (slug !== undefined) remember(root, parseChapter(slug, text, []).chapter);
  };
  const edit = (file: string, from: string, to: string) => write(file, replaced(file, from, to));
  return {
    root,
    read,
    write,
    edit,
    editUnrecorded(file, from, to) {
      writeFileSync(join(root, file), replaced(file, from, to));
    },
    draw(name) {
      const file = 'chapters/02-again.md';
      const show = `await show('${name}', '<svg><g id="first"/></svg>', 'a figure of two');`;
      const cell = `import { show } from 'streambook/lab';\nconst tally = [1, 2];\n${show}`;
      edit(file, 'const tally = [1, 2];', cell);
      edit(
        file,
        '\n2\n```\n',
        `\n[figure: a figure of two]\n2\n\`\`\`\n\n![Two.](figures/${name}.svg)\n`,
      );
    },
    record(name, command) {
      const recordings = JSON.stringify({ [name]: command });
      edit('book.config.json', '"scenarios"', `"recordings": ${recordings},\n  "scenarios"`);
      edit('chapters/02-again.md', '```ts run', `<!-- recording ${name} -->\n\n\`\`\`ts run`);
    },
    place(file, text) {
      const index = read(file)
        .split('\n')
        .findIndex((line) => line.includes(text));
      if (index === -1) throw new Error(`${file} has no line with "${text}"`);
      return `${file}:${index + 1}`;
    },
    chapter(slug) {
      const found = loadBook(root).book.chapters.find((chapter) => chapter.slug === slug);
      if (found === undefined) throw new Error(`the fixture book has no chapter ${slug}`);
      return found;
    },
  };
}

/** Writes down that a chapter ran as it is. */
function remember(root: string, chapter: Chapter): void {
  if (runnables(chapter).length === 0) return;
  const run = runOf(chapter, RUN_DATE, { ...BASE_VERSIONS, Abacus: '1.0' });
  writeRuns(root, new Map([...readRuns(root), [chapter.slug, run]]));
}
