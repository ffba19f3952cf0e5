import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Book } from '../book.js';
import { type Chapter, excerpts } from '../chapter/chapter.js';
import { CONFIG_FILE } from '../config.js';
import type { Problem } from '../problem.js';
import { isLater } from './excerpt.js';
import { chapterNumber, numberedChapters, shownRegions } from './placement.js';
import { type SourceLine, sinceChapter, sourceLines } from './regions.js';
import { syntaxOf } from './syntax.js';

/**
 * Tells which lines of the book's core no numbered chapter shows, and which are shown twice.
 *
 * What a region `since-N` keeps for a chapter that is not written yet is not asked for. Imports, re-exports, the comment at the head of a file, and lines that only close something are left
 * to the file itself.
 */
export function coverageProblems(book: Book): Problem[] {
  const chapters = numberedChapters(book.chapters);
  const shown = shownRegions(chapters);
  const last = Math.max(0, ...chapters.map(chapterNumber));
  return (book.config.core ?? []).flatMap((file) => [
    ...unshownLines(book.root, file, shown.get(file) ?? new Map(), last),
    ...shownTwice(chapters, file),
  ]);
}

function unshownLines(
  root: string,
  file: string,
  shown: ReadonlyMap<string, number>,
  last: number,
): Problem[] {
  let source: string;
  try {
    source = readFileSync(join(root, file), 'utf8');
  } catch {
    return [
      { file: CONFIG_FILE, line: 1, message: `\`core\` lists ${file}, which does not exist` },
    ];
  }
  const isOwn = ownLines(source);
  const code = sourceLines(source).filter(
    ({ text, line, isMarker }) => /[^\s{}()[\];,]/.test(text) && !isMarker && !isOwn(line),
  );
  const isUnshown = ({ regions }: SourceLine) =>
    !isShown(regions, shown) && !regions.some((name) => (sinceChapter(name) ?? 0) > last);
  // One problem a stretch: its author shows it as one.
  const firsts = code.filter((line, index) => {
    const before = code[index - 1];
    return isUnshown(line) && (before === undefined || !isUnshown(before));
  });
  return firsts.map(({ line, text, regions }) => ({
    file,
    line,
    message: `no chapter shows \`${text.trim()}\`${during(regions)}`,
    hint: `It is of the core, which ${CONFIG_FILE} lists: show it in the chapter that needs it.`,
  }));
}

/**
 * The innermost region that a chapter shows is where a line stands in the book, unless it belongs to a
 * chapter after that one.
 */
function isShown(regions: readonly string[], shown: ReadonlyMap<string, number>): boolean {
  const depth = regions.findLastIndex((name) => shown.has(name));
  const chapter = shown.get(regions[depth] ?? '');
  return chapter !== undefined && !regions.slice(depth).some((name) => isLater(name, chapter));
}

function during(regions: readonly string[]): string {
  const chapter = regions.map(sinceChapter).findLast((number) => number !== undefined);
  return chapter === undefined ? '' : `, which belongs to chapter ${chapter}`;
}

/** Lines, from 1, that a file needs for itself: its head, its imports and its re-exports. */
function ownLines(source: string): (line: number) => boolean {
  const file = syntaxOf(source);
  const lineOf = (position: number) => file.getLineAndCharacterOfPosition(position).line + 1;
  const own = file.statements.filter(
    (statement) =>
      ts.isImportDeclaration(statement) ||
      (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined),
  );
  const spans = own.map(
    (statement) => [lineOf(statement.getStart()), lineOf(statement.end)] as const,
  );
  // The head belongs to the file, unless it is the docstring of what follows at once.
  const [head = ''] =
    /^\/\*\*.*?\*\/\n(?=import |export .* from |\s*\/\/ #region|\n)/s.exec(source) ?? [];
  const headLines = head.split('\n').length - 1;
  return (line) => line <= headLines || spans.some(([from, to]) => line >= from && line <= to);
}

function shownTwice(chapters: readonly Chapter[], file: string): Problem[] {
  const places = chapters.flatMap((chapter) =>
    excerpts(chapter)
      .filter((excerpt) => excerpt.file === file)
      .map(({ region = 'the whole file', line }) => ({ file: chapter.file, line, region })),
  );
  return places.flatMap(({ region, ...place }, index) => {
    const before = places.slice(0, index).find((other) => other.region === region);
    if (before === undefined) return [];
    const message = `shows ${file}#${region} again, after ${before.file}:${before.line}`;
    return [
      { ...place, message, hint: 'Each line of the core is shown once; link to where it is.' },
    ];
  });
}
