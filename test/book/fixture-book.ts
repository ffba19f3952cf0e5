import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadBook } from '../../src/book/book.ts';
import type { Chapter } from '../../src/book/chapter.ts';
import { writeNotebooks } from '../../src/book/notebook/write.ts';

const FIXTURE = new URL('fixtures/book', import.meta.url).pathname;
/** Inside the clone, so that the cells of a copy find the installed packages. */
const COPIES = new URL('../../.streambook/fixture-books', import.meta.url).pathname;

/** A copy of the fixture book that a test may break. It is deleted when the test ends. */
export interface FixtureBook {
  root: string;
  /** Replaces a text that must be there, in a file of the book. */
  edit(file: string, from: string, to: string): void;
  read(file: string): string;
  /** `file:line` of the first line that has a text, which must be there. */
  place(file: string, text: string): string;
  chapter(slug: string): Chapter;
  /** Lets the last cell of the chapter `02-again` show a figure, and an image below it. */
  draw(name: string): void;
  /** Puts a recording into the chapter `02-again`, made by a command; its file is not there yet. */
  record(name: string, command: string): void;
}

/** Makes a copy of the fixture book, with its notebooks. */
export function fixtureBook(): FixtureBook {
  mkdirSync(COPIES, { recursive: true });
  const root = mkdtempSync(join(COPIES, 'book-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(FIXTURE, root, { recursive: true });
  writeNotebooks(loadBook(root).book);
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const edit = (file: string, from: string, to: string) => {
    const text = read(file);
    if (!text.includes(from)) throw new Error(`${file} has no "${from}" to replace`);
    writeFileSync(join(root, file), text.replace(from, to));
  };
  return {
    root,
    read,
    edit,
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
