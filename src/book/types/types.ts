import { join } from 'node:path';
import type { Book } from '../book.js';
import { blockIds } from '../chapter/block-ids.js';
import { type Chapter, excerpts } from '../chapter/chapter.js';
import { cellFolder } from '../doctest/compile.js';
import { cellModules } from '../doctest/modules.js';
import { readExcerpt } from '../source/excerpts.js';
import { namesIn } from './names.js';
import { openTypeService, type TypeService, type TypeText } from './service.js';

/** The types of the names in a chapter's code. */
export interface ChapterTypes {
  /** Each text once. */
  texts: TypeText[];
  /** By the id of a block: the code, and the names in it. */
  blocks: Record<string, { code: string; names: TypedName[] }>;
}

/** A name in a block's code: its line in the block and its columns, from 0, and its text's index. */
export type TypedName = [line: number, start: number, end: number, text: number];

/** Longer types tell nobody anything; the beginning does. In characters. */
const LONGEST_TYPE = 400;

/** Finds the types of the names in all cells and excerpts of some chapters, in the real project. */
export function findTypes(book: Book, chapters: readonly Chapter[]): ChapterTypes[] {
  const { root } = book;
  const texts = new Map<string, string>();
  const files = new Set<string>();
  const cellFile = (chapter: Chapter, name: string) =>
    join(cellFolder(root, chapter), name).replaceAll('\\', '/');
  const split = chapters.map((chapter) => ({ chapter, modules: cellModules(chapter) }));
  for (const { chapter, modules } of split) {
    for (const { fileName, text } of modules) texts.set(cellFile(chapter, fileName), text);
    for (const { file } of excerpts(chapter)) {
      if (file.endsWith('.ts')) files.add(join(root, file).replaceAll('\\', '/'));
    }
  }
  const service = openTypeService(root, [...files], texts);
  return split.map(({ chapter, modules }) => {
    const ids = blockIds(chapter);
    const collected = collector();
    for (const { cell, fileName } of modules) {
      const lines = cell.code.split('\n').map((_, index) => cell.line + index);
      const id = ids.get(cell.line) ?? '';
      collected.add(id, cell.code, service, cellFile(chapter, fileName), lines, 0);
    }
    for (const block of excerpts(chapter)) {
      const source = readExcerpt(book, chapter, block);
      if (!source.found || !block.file.endsWith('.ts')) continue;
      const file = join(root, block.file).replaceAll('\\', '/');
      const lines = source.lines.map((line) => line - 1);
      const id = ids.get(block.line) ?? '';
      collected.add(id, block.code, service, file, lines, source.indent);
    }
    return collected.types;
  });
}

function collector() {
  const types: ChapterTypes = { texts: [], blocks: {} };
  const known = new Map<string, number>();

  function indexOf(text: TypeText): number {
    const key = `${text.type}\n\n${text.about}`;
    const index = known.get(key) ?? types.texts.push(text) - 1;
    known.set(key, index);
    return index;
  }

  return {
    types,
    /** @param lines - the line of the file, from 0, that each line of the block is */
    add(
      id: string,
      code: string,
      service: TypeService,
      file: string,
      lines: readonly number[],
      indent: number,
    ): void {
      const places = new Map(lines.map((line, index) => [line, index]));
      const placed = namesIn(service.source(file), (line) => places.has(line));
      const names = placed.flatMap(({ position, line, column, text }): TypedName[] => {
        const found = service.typeAt(file, position);
        if (found === undefined) return [];
        const start = column - indent;
        return [[places.get(line) ?? 0, start, start + text.length, indexOf(readable(found))]];
      });
      types.blocks[id] = { code, names };
    },
  };
}

/** Without what the editor says of an import besides the type of what it imports. */
function readable({ type, about }: TypeText): TypeText {
  const bare = type.replace(/^\(alias\) /, '').replace(/\nimport .*$/s, '');
  const short = bare.length > LONGEST_TYPE ? `${bare.slice(0, LONGEST_TYPE)} …` : bare;
  return { type: short, about };
}
