import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import type { Chapter } from '../chapter/chapter.js';
import type { Problem } from '../problem.js';
import { explain } from './diagnostics.js';
import { type CellModule, cellModules } from './modules.js';

/** A chapter's cells, type-checked together with the packages they import. */
export interface CompiledChapter {
  chapter: Chapter;
  cells: CompiledCell[];
}

export interface CompiledCell extends CellModule {
  /** What the compiler has against the cell, at the chapter's lines. */
  problems: Problem[];
  source: ts.SourceFile;
  checker: ts.TypeChecker;
  /** Runnable JavaScript, with a source map that names the chapter; compiled when asked for. */
  emit(): { js: string; map: string };
}

/**
 * The compiler's options for cells. `lib` stops at ES2022 because the notebook kernel's does: a cell
 * must not pass here and fail there.
 */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  types: ['node'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  skipLibCheck: true,
  sourceMap: true,
};

/** Parsed declarations of installed packages. They do not change while a process runs. */
const INSTALLED = new Map<string, ts.SourceFile>();

/**
 * Type-checks the cells of chapters, one program for all. The first time costs about two seconds,
 * nearly all of it for the declarations of imported packages.
 *
 * @param root - folder that holds the book, whose `node_modules` the cells import from
 */
export function compileChapters(root: string, chapters: readonly Chapter[]): CompiledChapter[] {
  const modules = new Map<string, CellModule>();
  const fileOf = (chapter: Chapter, module: CellModule) =>
    join(cellFolder(root, chapter), module.fileName);
  const split = chapters.map((chapter) => ({ chapter, cells: cellModules(chapter) }));
  for (const { chapter, cells } of split) {
    for (const module of cells) modules.set(fileOf(chapter, module), module);
  }
  const program = ts.createProgram([...modules.keys()], OPTIONS, cellHost(root, modules));
  return split.map(({ chapter, cells }) => ({
    chapter,
    cells: cells.map((module) => compileCell(root, program, chapter, module)),
  }));
}

/**
 * Folder in which a chapter's cells appear to the compiler. It need not exist; it lies two levels
 * under the root so that imports resolve as they do for the notebooks.
 */
export function cellFolder(root: string, { slug }: Pick<Chapter, 'slug'>): string {
  return join(root, '.streambook', 'doctest', slug);
}

function compileCell(
  root: string,
  program: ts.Program,
  chapter: Chapter,
  module: CellModule,
): CompiledCell {
  const fileName = join(cellFolder(root, chapter), module.fileName);
  const source = program.getSourceFile(fileName);
  if (source === undefined) throw new Error(`the compiler lost ${fileName}`);
  const diagnostics = [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ];
  const problems = diagnostics.map((diagnostic) => explain(diagnostic, chapter.file, module.cell));
  const emit = () => emitCell(program, source, pathToFileURL(join(root, chapter.file)).href);
  return { ...module, problems, source, checker: program.getTypeChecker(), emit };
}

/** The program's files are on disk, except the cells, which are only in memory. */
function cellHost(root: string, modules: ReadonlyMap<string, CellModule>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile } = host;
  const normalised = new Map([...modules].map(([file, { text }]) => [slashed(file), text]));
  const textOf = (file: string) => normalised.get(slashed(file));
  const folder = slashed(join(root, '.streambook', 'doctest'));
  return {
    ...host,
    getCurrentDirectory: () => root,
    fileExists: (file) => textOf(file) !== undefined || fileExists(file),
    directoryExists: (path) => slashed(path).startsWith(folder) || ts.sys.directoryExists(path),
    readFile: (file) => textOf(file) ?? readFile(file),
    getSourceFile: (file, options) => {
      const known = INSTALLED.get(file);
      if (known !== undefined) return known;
      const text = textOf(file) ?? readFile(file);
      if (text === undefined) return undefined;
      const source = ts.createSourceFile(file, text, options, true);
      if (file.includes('/node_modules/')) INSTALLED.set(file, source);
      return source;
    },
  };
}

function emitCell(program: ts.Program, source: ts.SourceFile, chapterUrl: string) {
  let [js, map] = ['', ''];
  program.emit(source, (file, text) => {
    if (file.endsWith('.map')) map = text;
    else js = text;
  });
  const parsed: object = JSON.parse(map);
  const named = { ...parsed, sourceRoot: '', sources: [chapterUrl], sourcesContent: undefined };
  return { js, map: JSON.stringify(named) };
}

/** The compiler asks for files with forward slashes on every system. */
function slashed(file: string): string {
  return file.replaceAll('\\', '/');
}
