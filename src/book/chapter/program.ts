import ts from 'typescript';
import { declarations } from '../doctest/names.js';
import type { CellParts } from '../render/page-data.js';
import { syntaxOf } from '../source/syntax.js';
import { blockIds } from './block-ids.js';
import { type Cell, type Chapter, cells } from './chapter.js';

/**
 * What a page needs to copy any cell as a program that runs: of each cell its imports and the rest, in
 * order. Exercises are left out: they are filled in where they are.
 */
export function cellParts(chapter: Chapter): CellParts[] {
  const ids = blockIds(chapter);
  return cells(chapter)
    .filter(({ exercise }) => exercise === undefined)
    .map((cell) => ({
      id: ids.get(cell.line) ?? '',
      ...split(cell),
      // A cell that throws ends its program, so it is in that of no other.
      isSetUp: cell.throws === undefined,
    }));
}

function split({ code }: Cell): { imports: string[]; body: string } {
  const source = syntaxOf(code);
  const imports = declarations(source).flatMap(({ importedBy }) => importedBy ?? []);
  const own = source.statements.filter(ts.isImportDeclaration);
  const body = own.reduceRight((text, { pos, end }) => text.slice(0, pos) + text.slice(end), code);
  return { imports, body: body.trim() };
}
