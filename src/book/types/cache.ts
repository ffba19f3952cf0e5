import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import ts from 'typescript';
import { writeWhole } from '../../lab/write.js';
import type { Book } from '../book.js';
import { blockIds } from '../chapter/block-ids.js';
import { type Chapter, cells, excerpts } from '../chapter/chapter.js';
import { type ChapterTypes, findTypes } from './types.js';

/** Types of chapters, by their slugs. */
export type BookTypes = ReadonlyMap<string, ChapterTypes>;

/** What is kept on disk of a chapter's types. */
interface Kept extends ChapterTypes {
  /** Names everything that the types depend on. */
  key: string;
}

/** Raised when what is kept changes its meaning. */
const FORMAT = 1;

/**
 * The types of a book: those that were found before and depend on nothing that has changed, and the
 * others found now, which takes seconds.
 */
export function typesOf(book: Book): BookTypes {
  const sources = sourcesKey(book.root);
  const found = new Map<string, ChapterTypes>();
  const missing: { chapter: Chapter; key: string }[] = [];
  for (const chapter of book.chapters) {
    const key = chapterKey(chapter, sources);
    const kept = readKept(book, chapter);
    if (kept?.key === key) found.set(chapter.slug, kept);
    else missing.push({ chapter, key });
  }
  if (missing.length === 0) return found;
  const types = findTypes(
    book,
    missing.map(({ chapter }) => chapter),
  );
  for (const [index, { chapter, key }] of missing.entries()) {
    const own = types[index];
    if (own === undefined) continue;
    found.set(chapter.slug, own);
    writeWhole(keptFile(book, chapter), JSON.stringify({ key, ...own } satisfies Kept));
  }
  return found;
}

/**
 * The types that were found before, also those that may be of yesterday's code, and whether any may be.
 * For who cannot wait; a block whose own code has changed is without types.
 */
export function knownTypes(book: Book): { types: BookTypes; areCurrent: boolean } {
  const sources = sourcesKey(book.root);
  const types = new Map<string, ChapterTypes>();
  let areCurrent = true;
  for (const chapter of book.chapters) {
    const kept = readKept(book, chapter);
    areCurrent &&= kept?.key === chapterKey(chapter, sources);
    if (kept !== undefined) types.set(chapter.slug, kept);
  }
  return { types, areCurrent };
}

function keptFile({ root }: Book, { slug }: Chapter): string {
  return join(root, '.streambook', 'types', `${slug}.json`);
}

function readKept(book: Book, chapter: Chapter): Kept | undefined {
  try {
    return JSON.parse(readFileSync(keptFile(book, chapter), 'utf8')) as Kept;
  } catch {
    // Not there yet, or cut off: found anew.
    return undefined;
  }
}

/** Names the sources of a project and the versions of its packages. */
function sourcesKey(root: string): string {
  const files = globSync(['src/**/*.ts', 'package-lock.json'], {
    cwd: root,
    ignore: ['**/dist/**', '**/node_modules/**'],
  });
  const hash = createHash('sha256').update(`${FORMAT} ${ts.version}`);
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function chapterKey(chapter: Chapter, sources: string): string {
  const ids = blockIds(chapter);
  const code = [...cells(chapter), ...excerpts(chapter)].map((block) => [
    ids.get(block.line),
    block.code,
  ]);
  return createHash('sha256').update(sources).update(JSON.stringify(code)).digest('hex');
}
