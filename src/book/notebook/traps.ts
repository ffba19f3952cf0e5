import ts from 'typescript';
import type { Cell } from '../chapter/chapter.js';
import type { Problem } from '../problem.js';

/** A cell that the doctest accepts and the notebook's kernel does not, or runs differently. */
interface Trap {
  node: ts.Node;
  message: string;
  hint: string;
}

/**
 * Finds syntax that trips tslab, the notebook's kernel. Each rule was measured with tslab 1.0.22, which
 * brings TypeScript 5.0 and turns cells into CommonJS.
 *
 * @param file - path of the chapter
 */
export function syntaxTraps(file: string, cell: Cell): Problem[] {
  // Only in a module does `await (…)` at the top parse as an await, and the export makes it one.
  const text = `${cell.code}\nexport {};`;
  const source = ts.createSourceFile('cell.mts', text, ts.ScriptTarget.ES2022, true);
  const nodes = source.statements.slice(0, -1).flatMap(descendants);
  const traps = [...nodes.flatMap(trapOf), ...onlyAwaits(nodes), ...importsThatThrow(cell, nodes)];
  return traps.map(({ node, message, hint }) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    return { file, line: cell.line + 1 + line, message, hint };
  });
}

function trapOf(node: ts.Node): Trap[] {
  if (ts.isVariableDeclarationList(node) && node.flags & ts.NodeFlags.Using) {
    return [trap(node, '`using` is newer than the notebook kernel', 'Close it in a `finally`.')];
  }
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
    return [trap(node, '`import.meta` does not exist in a notebook', 'Use `process.cwd()`.')];
  }
  if (ts.isImportDeclaration(node)) return importTraps(node);
  if (isTopLevel(node) && isExported(node)) {
    return [trap(node, 'a cell cannot export', 'Leave `export` out: later cells see the name.')];
  }
  if (ts.isIdentifier(node) && COMMONJS.has(node.text) && !isMember(node)) {
    return [trap(node, `\`${node.text}\` does not exist in a cell`, 'Use an `import`.')];
  }
  return [];
}

/** Names that a CommonJS module has, an ES module has not, and a notebook has with another meaning. */
const COMMONJS = new Set(['require', '__dirname', '__filename', 'module', 'exports']);

function importTraps(node: ts.ImportDeclaration): Trap[] {
  const traps: Trap[] = [];
  if (ts.isStringLiteral(node.moduleSpecifier) && node.moduleSpecifier.text.startsWith('.')) {
    const hint = 'Import a package by its name, as a reader would.';
    traps.push(trap(node, 'a notebook cannot import a relative path', hint));
  }
  if (node.attributes !== undefined) {
    const hint = 'Read the file with `node:fs`.';
    traps.push(trap(node, 'import attributes are newer than the notebook kernel', hint));
  }
  return traps;
}

/**
 * tslab makes a cell asynchronous only when the compiler complains about a plain top-level `await`. A
 * `for await` does not make it complain, and `await (…)` reads as a call of a function named `await`.
 */
function onlyAwaits(nodes: readonly ts.Node[]): Trap[] {
  const own = nodes.filter((node) => !isInFunction(node));
  const loops = own.filter((node) => ts.isForOfStatement(node) && node.awaitModifier !== undefined);
  const awaits = own.filter(ts.isAwaitExpression);
  const ambiguous = awaits.filter(({ expression }) => /^[([`+\-/]/.test(expression.getText()));
  const isAsync = awaits.length > ambiguous.length;
  const [first] = [...loops, ...ambiguous];
  if (isAsync || first === undefined) return [];
  const form = ts.isForOfStatement(first) ? '`for await`' : '`await (…)`';
  const hint = 'Keep one plain `await name(…)` in the same cell.';
  return [trap(first, `${form} as the only await is a syntax error in a notebook`, hint)];
}

/** A notebook catches what such a cell throws, and an import cannot stand inside `try`. */
function importsThatThrow(cell: Cell, nodes: readonly ts.Node[]): Trap[] {
  if (cell.throws === undefined) return [];
  return nodes
    .filter((node) => ts.isImportDeclaration(node))
    .map((node) => trap(node, 'an import in a cell that throws', 'Import it in an earlier cell.'));
}

function descendants(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

function isTopLevel(node: ts.Node): boolean {
  return ts.isSourceFile(node.parent);
}

function isExported(node: ts.Node): boolean {
  if (ts.isExportDeclaration(node) || ts.isExportAssignment(node)) return true;
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function isMember(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node)
  );
}

function isInFunction(node: ts.Node): boolean {
  const { parent } = node;
  return !ts.isSourceFile(parent) && (ts.isFunctionLike(parent) || isInFunction(parent));
}

function trap(node: ts.Node, message: string, hint: string): Trap {
  return { node, message, hint };
}
