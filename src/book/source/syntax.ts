import ts from 'typescript';

/** Pieces of code that were parsed, by their text: nearly all are the same from build to build. */
const PARSED = new Map<string, ts.SourceFile>();
/** Enough for every file, excerpt and cell of a book; an author's saves must not pile up. */
const MOST_PARSED = 2_000;

/** The syntax tree of a piece of TypeScript. Who asks for the same text again gets the same tree. */
export function syntaxOf(code: string): ts.SourceFile {
  const known = PARSED.get(code);
  if (known !== undefined) return known;
  if (PARSED.size >= MOST_PARSED) PARSED.clear();
  const file = ts.createSourceFile('code.ts', code, ts.ScriptTarget.ES2022, true);
  PARSED.set(code, file);
  return file;
}
