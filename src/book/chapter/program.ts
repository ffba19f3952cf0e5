import ts from 'typescript';
import { declarations } from '../doctest/names.js';
import type { CellParts } from '../render/page-data.js';
import { syntaxOf } from '../source/syntax.js';
import { blockIds } from './block-ids.js';
import { type Cell, type Chapter, cells, isFolded } from './chapter.js';

/**
 * What a page needs to copy any cell as a program that runs: of each cell its imports and the rest, in
 * order, and what closes what it opens. Exercises are left out: they are filled in where they are.
 */
export function cellParts(chapter: Chapter): CellParts[] {
  const ids = blockIds(chapter);
  const own = cells(chapter).filter(({ exercise }) => exercise === undefined);
  const closings = own.flatMap(({ code }) => closingsIn(syntaxOf(code)));
  return own.map((cell) => {
    const names = new Set(declarations(syntaxOf(cell.code)).map(({ name }) => name));
    return {
      id: ids.get(cell.line) ?? '',
      ...split(cell),
      // A cell that throws ends its program, so it is in that of no other.
      isSetUp: cell.throws === undefined && !isFolded(cell),
      closes: closings.filter(({ name }) => names.has(name)).map(({ statement }) => statement),
    };
  });
}

/** Statements that end something with a name: `await lab.close();`, `await worker.stop();`. */
function closingsIn(source: ts.SourceFile): { name: string; statement: string }[] {
  return source.statements.flatMap((statement) => {
    const text = statement.getText();
    const [, name] = /^await (\w+)\.(?:close|stop)\(\);$/.exec(text) ?? [];
    return name === undefined ? [] : [{ name, statement: text }];
  });
}

function split({ code }: Cell): { imports: string[]; body: string } {
  const source = syntaxOf(code);
  const imports = declarations(source).flatMap(({ importedBy }) => importedBy ?? []);
  const own = source.statements.filter(ts.isImportDeclaration);
  const body = own.reduceRight((text, { pos, end }) => text.slice(0, pos) + text.slice(end), code);
  return { imports, body: body.trim() };
}
