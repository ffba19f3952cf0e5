import ts from 'typescript';
import type { CompiledCell } from '../doctest/compile.js';
import type { Problem } from '../problem.js';

/**
 * Finds statements whose value goes where the author did not mean it to go.
 *
 * - A promise that nobody awaits: when it rejects, a cell that has long passed is to blame, or nobody.
 * - A value at the end of a cell: the notebook prints it, the doctest does not.
 *
 * @param file - path of the chapter
 */
export function strayValues(file: string, cell: CompiledCell): Problem[] {
  const { source, checker } = cell;
  const statements = expressionStatements(source);
  const last = cell.source.statements.findLast((statement) => !ts.isExportDeclaration(statement));
  const problem = (node: ts.Node, message: string, hint: string): Problem => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    return { file, line: line + 1, message, hint };
  };
  return statements.flatMap((statement) => {
    const type = checker.getTypeAtLocation(statement.expression);
    if (type.getProperty('then') !== undefined) {
      const hint = 'Write `await` before it, or `void` when nothing depends on it.';
      return [problem(statement, 'a promise that nobody awaits', hint)];
    }
    // A cell that throws stands inside `try` in the notebook, where nothing is printed.
    if (statement !== last || cell.cell.throws !== undefined || isNothing(type)) return [];
    const hint = 'Print it with console.log, keep it in a variable, or write `void` before it.';
    return [problem(statement, 'the notebook prints the value at the end of a cell', hint)];
  });
}

function expressionStatements(source: ts.SourceFile): ts.ExpressionStatement[] {
  const found: ts.ExpressionStatement[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const NOTHING = ts.TypeFlags.Void | ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Never;

function isNothing(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.every(isNothing);
  return (type.flags & NOTHING) !== 0;
}
