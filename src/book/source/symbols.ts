import ts from 'typescript';
import { blockIds } from '../chapter/block-ids.js';
import { type Chapter, cells, excerpts } from '../chapter/chapter.js';
import { syntaxOf } from './syntax.js';

/** An exported name that the book shows. */
export interface BookSymbol {
  name: string;
  kind: 'class' | 'function' | 'interface' | 'type' | 'constant';
  /** File that declares it, relative to the root. */
  file: string;
  /** The chapter whose excerpt declares it, and the id of that excerpt on its page. */
  chapter: Chapter;
  blockId: string;
  /** Chapters whose cells and excerpts mention it, in order; the one that declares it is left out. */
  usedIn: Chapter[];
}

/**
 * Finds every exported name that an excerpt declares, at the first excerpt that does, in the order of
 * the alphabet.
 */
export function symbolsOf(chapters: readonly Chapter[]): BookSymbol[] {
  const known = KNOWN.get(chapters) ?? findSymbols(chapters);
  KNOWN.set(chapters, known);
  return known;
}

/** Every page of a build asks for them. */
const KNOWN = new WeakMap<readonly Chapter[], BookSymbol[]>();

function findSymbols(chapters: readonly Chapter[]): BookSymbol[] {
  const mentioned = chapters.map((chapter) => ({ chapter, names: mentionedNames(chapter) }));
  const symbols = new Map<string, BookSymbol>();
  for (const chapter of chapters) {
    const ids = blockIds(chapter);
    for (const { file, code, line } of excerpts(chapter)) {
      for (const { name, kind } of exportedNames(code)) {
        const key = `${file}#${name}`;
        if (symbols.has(key)) continue;
        const usedIn = mentioned
          .filter((other) => other.chapter !== chapter && other.names.has(name))
          .map((other) => other.chapter);
        symbols.set(key, { name, kind, file, chapter, blockId: ids.get(line) ?? '', usedIn });
      }
    }
  }
  const byName = new Intl.Collator('en', { sensitivity: 'base' });
  return [...symbols.values()].sort((a, b) => byName.compare(a.name, b.name));
}

/**
 * Whether a type, as an editor says it, is that of a symbol and not of a method, a property or a variable
 * of the same name.
 */
export function isSaidOf({ name, kind }: Pick<BookSymbol, 'name' | 'kind'>, type: string): boolean {
  return new RegExp(`^(${WORDS[kind]}) ${name}\\b`).test(type);
}

/** How an editor begins to say the type of each kind. */
const WORDS: Record<BookSymbol['kind'], string> = {
  class: 'class|new|constructor',
  function: 'function',
  interface: 'interface',
  type: 'type',
  constant: 'const',
};

/** Names that one file of the book declares and no other, with what is known of them. */
export function unambiguous(symbols: readonly BookSymbol[]): Map<string, BookSymbol> {
  const byName = new Map<string, BookSymbol[]>();
  for (const symbol of symbols) {
    byName.set(symbol.name, [...(byName.get(symbol.name) ?? []), symbol]);
  }
  return new Map(
    [...byName].flatMap(([name, [first, second]]) =>
      first !== undefined && second === undefined ? [[name, first] as const] : [],
    ),
  );
}

function exportedNames(code: string): Pick<BookSymbol, 'name' | 'kind'>[] {
  const source = syntaxOf(code);
  return source.statements.flatMap((statement) => {
    if (!isExported(statement)) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [{ name: name.text, kind: 'constant' as const }] : [],
      );
    }
    const kind = kindOf(statement);
    const { name } = statement as ts.DeclarationStatement;
    return kind && name && ts.isIdentifier(name) ? [{ name: name.text, kind }] : [];
  });
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return (modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function kindOf(statement: ts.Statement): BookSymbol['kind'] | undefined {
  if (ts.isClassDeclaration(statement)) return 'class';
  if (ts.isFunctionDeclaration(statement)) return 'function';
  if (ts.isInterfaceDeclaration(statement)) return 'interface';
  if (ts.isTypeAliasDeclaration(statement)) return 'type';
  return undefined;
}

/** Words of a chapter's code. A word that stands only in a comment counts as well, which harms nobody. */
function mentionedNames(chapter: Chapter): Set<string> {
  const code = [...cells(chapter), ...excerpts(chapter)].map((block) => block.code).join('\n');
  return new Set(code.match(/[A-Za-z_$][\w$]*/g));
}
