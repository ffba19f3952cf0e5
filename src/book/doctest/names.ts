import ts from 'typescript';

/** A name that the top level of a cell brings into the chapter's scope. */
export interface Declaration {
  name: string;
  /** The import that brings it, to be repeated in later cells; `undefined` for a cell's own declaration. */
  importedBy: string | undefined;
}

/** Names that a cell declares or imports at its top level, in order. */
export function declarations(source: ts.SourceFile): Declaration[] {
  return source.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) return importedNames(statement);
    return declaredNames(statement).map((name) => ({ name, importedBy: undefined }));
  });
}

/**
 * Identifiers that a cell mentions and that may come from an earlier cell. Too many is harmless: an
 * import that is not used is dropped by the compiler.
 */
export function mentions(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isMemberName(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : boundNames(element.name),
  );
}

function importedNames({ importClause, moduleSpecifier }: ts.ImportDeclaration): Declaration[] {
  const from = moduleSpecifier.getText();
  const { name, namedBindings } = importClause ?? {};
  const declared: Declaration[] = [];
  const declare = (local: string, clause: string) =>
    declared.push({ name: local, importedBy: `import ${clause} from ${from};` });
  if (name !== undefined) declare(name.text, name.text);
  if (namedBindings === undefined) return declared;
  if (ts.isNamespaceImport(namedBindings)) {
    declare(namedBindings.name.text, `* as ${namedBindings.name.text}`);
    return declared;
  }
  const onlyTypes = importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  for (const element of namedBindings.elements) {
    const type = onlyTypes ? 'type ' : '';
    declare(element.name.text, `{ ${type}${element.getText()} }`);
  }
  return declared;
}

function isMemberName(node: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
}
