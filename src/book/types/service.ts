import ts from 'typescript';

/** Tells the type of what stands at a place of a file. */
export interface TypeService {
  /** The file's syntax tree. @throws Error when the service was not made for that file */
  source(file: string): ts.SourceFile;
  /** The type and the documentation at a position, or nothing when there is nothing to tell. */
  typeAt(file: string, position: number): TypeText | undefined;
}

/** What a reader is told of a name. */
export interface TypeText {
  /** As the editor shows it, `(method) Log.append(entry: Entry): number`. */
  type: string;
  /** The first paragraph of its docstring; empty when it has none. */
  about: string;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
  types: ['node'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
};

/**
 * Opens the language service of an editor on some files of a project. The first question costs seconds,
 * nearly all for the declarations of imported packages; each further one a fraction of a millisecond.
 *
 * @param root - the project's folder, absolute
 * @param files - absolute paths of source files
 * @param texts - texts of files that are not on disk, by absolute path
 */
export function openTypeService(
  root: string,
  files: readonly string[],
  texts: ReadonlyMap<string, string>,
): TypeService {
  const textOf = (file: string): string | undefined => texts.get(file) ?? ts.sys.readFile(file);
  const folders = new Set([...texts.keys()].map((file) => file.replace(/\/[^/]*$/, '')));
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => OPTIONS,
    getScriptFileNames: () => [...files, ...texts.keys()],
    // Nothing changes while the service is open. Without this, each question compares the versions of all files.
    getProjectVersion: () => '1',
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) => {
      const text = textOf(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => texts.has(file) || ts.sys.fileExists(file),
    readFile: textOf,
    directoryExists: (path) => folders.has(path) || ts.sys.directoryExists(path),
    getDirectories: ts.sys.getDirectories,
    readDirectory: ts.sys.readDirectory,
    realpath: ts.sys.realpath ?? ((path) => path),
  };
  const service = ts.createLanguageService(host);
  const program = service.getProgram();

  return {
    source(file) {
      const source = program?.getSourceFile(file);
      if (source === undefined) throw new Error(`the compiler does not know ${file}`);
      return source;
    },
    typeAt(file, position) {
      const info = service.getQuickInfoAtPosition(file, position);
      if (info === undefined) return undefined;
      const type = ts.displayPartsToString(info.displayParts);
      const about = ts.displayPartsToString(info.documentation).split(/\n\s*\n/)[0] ?? '';
      return type === '' ? undefined : { type, about: about.replace(/\s+/g, ' ').trim() };
    },
  };
}
