import ts from 'typescript';
import type { Cell } from '../chapter/chapter.js';
import type { Problem } from '../problem.js';

/**
 * TypeScript's codes for what an author of cells runs into, with what to do. The compiler's own
 * message speaks of modules and libraries, of which a cell's author knows nothing.
 */
const HINTS = new Map<number, string>([
  [
    2632, // Cannot assign to 'x' because it is an import.
    'A later cell cannot change what an earlier one declared: in the notebook it would change a copy. Change it in its own cell, or keep it in an object.',
  ],
  [
    2540, // Cannot assign to 'x' because it is a read-only property.
    'A later cell cannot change what an earlier one declared.',
  ],
  [
    2550, // Property 'x' does not exist on type 'Y'. Do you need to change your target library?
    'The notebook kernel knows ES2022 and nothing later.',
  ],
  [
    2304, // Cannot find name 'x'.
    'A cell sees what the cells above it declare, except those that must throw, solutions and answers.',
  ],
]);

/** A compiler diagnostic as a problem at the chapter's line. */
export function explain(diagnostic: ts.Diagnostic, file: string, cell: Cell): Problem {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
  const hint = HINTS.get(diagnostic.code);
  const found = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
  // Line 1 holds the imports that were put before the cell; their author is the cell.
  const line = found === 0 ? cell.line : found + 1;
  const problem = { file, line, message: `${message} (TS${diagnostic.code})` };
  return hint === undefined ? problem : { ...problem, hint };
}
