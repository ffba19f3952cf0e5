import { regionNames, type SourceLine, sinceChapter, sourceLines } from './regions.js';

/** A stretch of a source file that a chapter shows: the whole file, or what stands between two region markers. */
export type Excerpt = FoundExcerpt | { found: false; reason: string };

export interface FoundExcerpt {
  found: true;
  code: string;
  /** The line of the file, from 1, that each line of the code is. */
  lines: number[];
  /** How many columns were cut from the beginning of each line. */
  indent: number;
}

/** Where in the book an excerpt stands, and what else of the same file the book shows. */
export interface Placement {
  /** Number of the chapter; infinite after the last numbered one. */
  chapter: number;
  /** The regions of the file that the book shows. */
  shown: ReadonlySet<string>;
}

/** An excerpt that stands alone: nothing in it belongs to another chapter. */
const ALONE: Placement = { chapter: Number.POSITIVE_INFINITY, shown: new Set() };

/**
 * Takes a region out of a source file, ready to be shown: markers stripped, blank lines at both ends
 * dropped, common indentation removed. What is inside and belongs to another chapter is left out:
 *
 * - a region `since-5` before chapter 5: code that comes later in the story;
 * - an inner region that the book shows by itself: a line `// … name` stands for it.
 *
 * @param source - text of the file
 * @param region - name of the region, or `undefined` for the whole file
 * @returns the code and the lines of the file that it is made of, or why there is none
 */
export function takeExcerpt(
  source: string,
  region: string | undefined,
  placement: Placement = ALONE,
): Excerpt {
  const lines = sourceLines(source);
  if (region === undefined) return cut(withoutOthers(lines, placement, 0));

  const starts = lines.filter((line) => line.regions.at(-1) === region && opens(line));
  const [start, second] = starts;
  if (start === undefined) {
    return { found: false, reason: `has no region \`${region}\`${namesOf(source)}` };
  }
  if (second !== undefined) {
    const both = `lines ${start.line} and ${second.line}`;
    return { found: false, reason: `has two regions \`${region}\`, ${both}` };
  }
  const depth = start.regions.length;
  const after = lines.slice(start.line);
  const end = after.findIndex(
    (line) => line.isMarker && !opens(line) && line.regions.length === depth,
  );
  if (end === -1) {
    return { found: false, reason: `never closes the region \`${region}\` of line ${start.line}` };
  }
  return cut(withoutOthers(after.slice(0, end), placement, depth));
}

/** Leaves out what belongs elsewhere. @param depth - how many regions are around all lines */
function withoutOthers(
  lines: readonly SourceLine[],
  { chapter, shown }: Placement,
  depth: number,
): SourceLine[] {
  return lines.flatMap((line) => {
    const inner = line.regions.slice(depth);
    if (inner.some((name) => isLater(name, chapter))) return [];
    const other = inner.findIndex((name) => shown.has(name));
    if (other === -1) return line.isMarker ? [] : [line];
    const standsForIt = other === inner.length - 1 && opens(line);
    return standsForIt
      ? [{ ...line, text: line.text.replace(/\/\/.*/, `// … ${inner[other]}`) }]
      : [];
  });
}

/** True for a region that is there only from a later chapter on. */
export function isLater(region: string, chapter: number): boolean {
  return (sinceChapter(region) ?? 0) > chapter;
}

function opens({ isMarker, text }: SourceLine): boolean {
  return isMarker && text.includes('#region');
}

function cut(lines: readonly SourceLine[]): Excerpt {
  const isBlank = ({ text }: SourceLine) => text.trim() === '';
  const kept = lines.filter((line, index) => {
    // Where something was left out, two blank lines meet.
    const before = lines[index - 1];
    const isSecond = isBlank(line) && before !== undefined && isBlank(before);
    return !(isSecond && line.line > before.line + 1);
  });
  const first = kept.findIndex((line) => !isBlank(line));
  if (first === -1) return { found: false, reason: 'has nothing to show there' };
  const body = kept.slice(first, kept.findLastIndex((line) => !isBlank(line)) + 1);
  const indent = commonIndent(body);
  const code = body.map(({ text }) => text.slice(indent)).join('\n');
  return { found: true, code, lines: body.map(({ line }) => line), indent };
}

function commonIndent(lines: readonly SourceLine[]): number {
  const indents = lines
    .filter(({ text }) => text.trim() !== '')
    .map(({ text }) => text.length - text.trimStart().length);
  return Math.min(...indents);
}

function namesOf(source: string): string {
  const names = regionNames(source);
  return names.length === 0 ? '; it has none' : `; it has ${names.join(', ')}`;
}
