import ts from 'typescript';

/** A name in a file: where it begins, from 0, and what it is called. */
export interface PlacedName {
  position: number;
  /** Line and column, from 0. */
  line: number;
  column: number;
  text: string;
}

/** Every identifier of a file that stands in one of some lines, in order. */
export function namesIn(source: ts.SourceFile, isWanted: (line: number) => boolean): PlacedName[] {
  const names: PlacedName[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      const position = node.getStart(source);
      const { line, character } = source.getLineAndCharacterOfPosition(position);
      if (isWanted(line)) names.push({ position, line, column: character, text: node.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names.sort((a, b) => a.position - b.position);
}
