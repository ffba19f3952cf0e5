import type { Env as MarkdownEnv, MarkdownIt } from 'markdown-it';
import type { Book } from '../../book.js';
import { blockIds } from '../../chapter/block-ids.js';
import type { Block, Chapter } from '../../chapter/chapter.js';
import { type BookSymbol, symbolsOf, unambiguous } from '../../source/symbols.js';
import type { ChapterTypes } from '../../types/types.js';

/** A function that renders a token. */
export type RenderRule = NonNullable<MarkdownIt['renderer']['rules'][string]>;

/** What the rules know about the chapter that they render. */
export interface Env extends MarkdownEnv {
  book: Book;
  chapter: Chapter;
  /** Blocks by their first line. */
  blocks: ReadonlyMap<number, Block>;
  /** Ids that links to blocks lead to, by the blocks' first lines. */
  ids: ReadonlyMap<number, string>;
  /** Types of the names in the code, where they are known. */
  types: ChapterTypes | undefined;
  /** Where names of the code are introduced, for names that mean one thing in the whole book. */
  introduced: ReadonlyMap<string, BookSymbol>;
}

/** What rules need to render a chapter. */
export function envOf(book: Book, chapter: Chapter, types: ChapterTypes | undefined): Env {
  const blocks = new Map(chapter.blocks.map((block) => [block.line, block]));
  const introduced = unambiguous(symbolsOf(book.chapters));
  return { book, chapter, blocks, ids: blockIds(chapter), types, introduced };
}

/** The block of the chapter that a token is the beginning of. @param map - of the token */
export function blockAt(
  { blocks }: Env,
  map: readonly [number, number] | null | undefined,
): Block | undefined {
  return map ? blocks.get(map[0] + 1) : undefined;
}
