import ts from 'typescript';
import type { CompiledCell } from '../doctest/compile.js';
import type { Problem } from '../problem.js';

/**
 * Finds `{ name }` with a name of an earlier cell. tslab turns such a name into `exports.name` wherever
 * it stands for a value, but not in a shorthand property, so that the kernel throws a ReferenceError.
 * Measured with tslab 1.0.22.
 *
 * @param file - path of the chapter
 */
export function foreignShorthands(file: string, { source, checker }: CompiledCell): Problem[] {
  const lineOf = (node: ts.Node) =>
    source.getLineAndCharacterOfPosition(node.getStart(source)).line;
  const problems: Problem[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) {
      const [declaration] = checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
      // What earlier cells declare is imported by line 1, which the cell's author does not see.
      const isForeign = declaration?.getSourceFile() === source && lineOf(declaration) === 0;
      const name = node.name.text;
      if (isForeign) {
        problems.push({
          file,
          line: lineOf(node) + 1,
          message: `\`{ ${name} }\` with a name of an earlier cell is unknown in a notebook`,
          hint: `Write \`{ ${name}: ${name} }\`, or declare the name in the same cell.`,
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return problems;
}
