import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSoundBook } from '../../src/book/book.ts';
import { excerpts } from '../../src/book/chapter/chapter.ts';
import { copyExcerpts } from '../../src/book/record/record.ts';
import { readExcerpt } from '../../src/book/source/excerpts.ts';
import { explainedFiles } from '../../src/book/source/explained.ts';
import { originOf } from '../../src/book/source/origin.ts';
import { fixtureBook } from './fixture-book.ts';

const SOURCE = `import x from 'x';

// #region list
export class List {
  // #region read
  read(): string[] {
    return this.items;
  }
  // #endregion read

  // #region since-2
  // #region drop
  drop(): void {
    this.items.pop();
  }
  // #endregion drop
  // #endregion since-2

  // #region size
  size(): number {
    // #region since-2
    this.check();
    // #endregion since-2
    return this.items.length;
  }
  // #endregion size
}
// #endregion list
`;

const fence = (name: string) => `\`\`\`ts file=${name}\nx\n\`\`\`\n\n`;

/** A book whose first chapter shows a class, and whose second shows what is added to it. */
function openBook() {
  const book = fixtureBook();
  writeFileSync(join(book.root, 'src/list.ts'), SOURCE);
  mkdirSync(join(book.root, 'src/again'));
  writeFileSync(join(book.root, 'src/again/again.ts'), 'export const AGAIN = 1;\n');
  book.edit('book.config.json', '["count"]', '["count", "again"]');
  book.edit(
    'chapters/01-count.md',
    '## What goes wrong',
    `${fence('src/list.ts#list')}## What goes wrong`,
  );
  const shown = ['src/list.ts#drop', 'src/list.ts#size', 'src/list.ts#read', 'src/again/again.ts'];
  book.edit('chapters/02-again.md', '## The same', `${shown.map(fence).join('')}## The same`);
  copyExcerpts(book.root);
  const loaded = loadSoundBook(book.root);
  const origin = (slug: string, region: string | undefined, file = 'src/list.ts') => {
    const chapter = loaded.chapters.find((each) => each.slug === slug);
    const block =
      chapter && excerpts(chapter).find((each) => each.file === file && each.region === region);
    if (!chapter || !block) throw new Error(`no excerpt ${file}#${region}`);
    const excerpt = readExcerpt(loaded, chapter, block);
    if (!excerpt.found) throw new Error(excerpt.reason);
    return originOf(loaded, chapter, block, excerpt, book.read(file));
  };
  return { loaded, origin };
}

describe('the origin of an excerpt', () => {
  test('of the first chapter is a new file', () => {
    const { origin } = openBook();
    expect(origin('01-count', 'list')).toMatchObject({
      change: 'new-file',
      within: undefined,
      from: 4,
    });
  });

  test('that a chapter adds to a file says so, where it goes and into what', () => {
    const { origin } = openBook();
    const drop = origin('02-again', 'drop');
    expect(drop).toMatchObject({ change: 'added', within: 'class List', from: 13, to: 15 });
    expect([...drop.added]).toEqual([0, 1, 2]);
    expect(drop.standsIn).toMatchObject({
      chapter: { slug: '01-count' },
      blockId: 'code-list-list',
    });
  });

  test('tells the lines that are new from those that were there', () => {
    const { origin } = openBook();
    const size = origin('02-again', 'size');
    expect(size.change).toBe('added');
    expect([...size.added]).toEqual([1]);
  });

  test('that only opens what was in use already adds nothing', () => {
    const { origin } = openBook();
    expect(origin('02-again', 'read')).toMatchObject({ change: 'in-use', added: new Set() });
  });

  test('in the folder of the chapter’s own scenario is a new file', () => {
    const { origin } = openBook();
    expect(origin('02-again', undefined, 'src/again/again.ts').change).toBe('new-file');
  });
});

test('every line of a file that the book shows knows the excerpt that shows it', () => {
  const { loaded } = openBook();
  const file = explainedFiles(loaded).find((each) => each.file === 'src/list.ts');
  const shown = file?.lines.map(({ text, shownBy }) => [text.trim(), shownBy?.blockId]);
  expect(shown).toContainEqual(['export class List {', 'code-list-list']);
  expect(shown).toContainEqual(['this.items.pop();', 'code-list-drop']);
  expect(shown).toContainEqual(["import x from 'x';", undefined]);
  expect(shown).toContainEqual(['// #region drop', undefined]);
  // In the listing of the class, a line stands in the place of this region.
  expect(shown).toContainEqual(['// #region read', undefined]);
});
