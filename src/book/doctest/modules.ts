import ts from 'typescript';
import { type Cell, type Chapter, cells, isFolded } from '../chapter/chapter.js';
import { declarations, mentions } from './names.js';

/** A cell as an ES module that imports what it uses of the cells before it. */
export interface CellModule {
  cell: Cell;
  /** `cell-3.mts`; later cells import it as `./cell-3.mjs`. */
  fileName: string;
  /** TypeScript in which the cell's code stands on the same lines as in the chapter. */
  text: string;
}

/**
 * Turns the cells of a chapter into modules with one scope: what a cell declares at its top level,
 * later cells see, and a later declaration of the same name replaces the earlier one.
 *
 * The cell's code is pushed down to its line in the chapter, with the imports on line 1 and the exports
 * behind it, so that every diagnostic and stack frame already carries the chapter's line number.
 */
export function cellModules(chapter: Chapter): CellModule[] {
  const scope = new Map<string, string>();
  return cells(chapter).map((cell, index) => {
    const name = `cell-${index + 1}`;
    const source = ts.createSourceFile(`${name}.mts`, cell.code, ts.ScriptTarget.ES2022, true);
    const declared = declarations(source);
    const own = new Set(declared.map(({ name }) => name));
    const imports = [...mentions(source)]
      .filter((mention) => !own.has(mention))
      .flatMap((mention) => scope.get(mention) ?? []);
    const exported = declared.filter(({ importedBy }) => importedBy === undefined);

    // A cell that throws has no scope to share: its module never finishes. What is folded away has none
    // either: in the notebook it does not run, and what a later cell takes from it would be missing.
    if (cell.throws === undefined && !isFolded(cell)) {
      for (const { name: local, importedBy } of declared) {
        scope.set(local, importedBy ?? `import { ${local} } from './${name}.mjs';`);
      }
    }
    const exports = `export { ${exported.map(({ name }) => name).join(', ')} };`;
    const text = `${imports.join(' ')}${'\n'.repeat(cell.line)}${cell.code}\n${exports}\n`;
    return { cell, fileName: `${name}.mts`, text };
  });
}
