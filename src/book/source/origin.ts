import ts from 'typescript';
import type { Book } from '../book.js';
import { blockIds } from '../chapter/block-ids.js';
import { type Chapter, type ExcerptBlock, excerpts } from '../chapter/chapter.js';
import type { FoundExcerpt } from './excerpt.js';
import { chapterNumber } from './placement.js';
import { type SourceLine, sinceChapter, sourceLines } from './regions.js';
import { syntaxOf } from './syntax.js';

/** Where an excerpt comes from, and what it does to the code as the reader has it. */
export interface Origin {
  /** First and last line in the file, from 1. */
  from: number;
  to: number;
  /** The class, function or interface around it, `class Log`; `undefined` at the top level. */
  within: string | undefined;
  /**
   * `new-file`: the chapter adds the whole file. `added`: the chapter adds lines to a file that was there.
   * `in-use`: all of it was there, and is shown now.
   */
  change: 'new-file' | 'added' | 'in-use';
  /** Indexes, from 0, of the lines that the chapter adds. All of them, in a new file. */
  added: ReadonlySet<number>;
  /** The excerpt that has a line `// … name` in the place of this one. */
  standsIn: { chapter: Chapter; blockId: string } | undefined;
}

/** Tells where an excerpt comes from. @param source - text of its file */
export function originOf(
  book: Book,
  chapter: Chapter,
  block: ExcerptBlock,
  excerpt: FoundExcerpt,
  source: string,
): Origin {
  const lines = sourceLines(source);
  const isNewFile = isNew(book, chapter, block.file);
  const number = chapterNumber(chapter);
  const added = excerpt.lines.flatMap((line, index) => {
    const { regions = [] } = lines[line - 1] ?? {};
    const isAdded = isNewFile || regions.some((name) => sinceChapter(name) === number);
    return isAdded ? [index] : [];
  });
  const from = excerpt.lines[0] ?? 1;
  return {
    from,
    to: excerpt.lines.at(-1) ?? from,
    within: declarationAround(source, from),
    change: isNewFile ? 'new-file' : added.length > 0 ? 'added' : 'in-use',
    added: new Set(added),
    standsIn: placeholderOf(book.chapters, block, lines[from - 1]),
  };
}

/** All files come with the first chapter, but those of a scenario, which come with the chapter that tells of it. */
function isNew({ config, chapters }: Book, chapter: Chapter, file: string): boolean {
  if (chapters.find((other) => excerpts(other).length > 0) === chapter) return true;
  const [, folder = ''] = file.split('/');
  return config.scenarios.includes(folder) && chapterOf(chapters, folder) === chapter;
}

/** The chapter that tells of a scenario: the one that bears its name, or else the first that shows a file of it. */
export function chapterOf(chapters: readonly Chapter[], scenario: string): Chapter | undefined {
  const shows = (chapter: Chapter) =>
    excerpts(chapter).some(({ file }) => file.startsWith(`src/${scenario}/`));
  return chapters.find(({ slug }) => slug.endsWith(`-${scenario}`)) ?? chapters.find(shows);
}

/** The innermost declaration that begins before a line and ends after it. */
function declarationAround(source: string, line: number): string | undefined {
  const file = syntaxOf(source);
  const lineOf = (position: number) => file.getLineAndCharacterOfPosition(position).line + 1;
  let name: string | undefined;
  const visit = (node: ts.Node): void => {
    if (lineOf(node.getStart()) >= line || lineOf(node.end) <= line) return;
    name = nameOf(node) ?? name;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return name;
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isClassDeclaration(node)) return `class ${node.name?.text}`;
  if (ts.isInterfaceDeclaration(node)) return `interface ${node.name.text}`;
  if (ts.isFunctionDeclaration(node)) return `${node.name?.text}()`;
  if (ts.isMethodDeclaration(node)) return `${node.name.getText()}()`;
  return undefined;
}

/** The excerpt of a region around this one, in which a line stands for it. */
function placeholderOf(
  chapters: readonly Chapter[],
  { file, region }: ExcerptBlock,
  first: SourceLine | undefined,
): Origin['standsIn'] {
  const own = first?.regions.lastIndexOf(region ?? '') ?? -1;
  const around = first?.regions.slice(0, Math.max(own, 0)).reverse() ?? [];
  for (const name of around) {
    for (const chapter of chapters) {
      const outer = excerpts(chapter).find((other) => other.file === file && other.region === name);
      if (outer === undefined) continue;
      return { chapter, blockId: blockIds(chapter).get(outer.line) ?? '' };
    }
  }
  return undefined;
}
