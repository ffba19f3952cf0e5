import type { Vary } from '../chapter/fence.js';

/** What a chapter says that a block prints. */
export interface OutputPattern {
  /** The recorded output, in which {@link ELLIPSIS} stands for what varies. */
  pattern: string;
  /** What else may differ. */
  vary: Vary | undefined;
}

/** What stands for text that varies: inside a line for any characters, alone on a line for any lines. */
export const ELLIPSIS = '…';

/**
 * Tells whether what was printed is what the chapter says.
 *
 * @param actual - what was printed
 */
export function outputMatches(expected: OutputPattern, actual: string): boolean {
  const [patterns, lines] = [patternsOf(expected), linesOf(actual)];
  // Row by row: after how many actual lines can the patterns read so far have ended?
  let ends = new Set([0]);
  for (const line of patterns) {
    const next = new Set<number>();
    for (const end of ends) {
      if (line.isGap) for (let to = end; to <= lines.length; to += 1) next.add(to);
      else if (line.matches.test(lines[end] ?? NO_LINE)) next.add(end + 1);
    }
    ends = next;
  }
  return ends.has(lines.length);
}

/**
 * Shows how a run differs from the chapter: `-` what the chapter says, `+` what was printed.
 *
 * @returns one line of text for each line of either
 */
export function outputDiff(expected: OutputPattern, actual: string): string {
  const shown = align(patternsOf(expected), linesOf(actual)).map((row) => {
    if (row.expected !== undefined && row.actual !== undefined) return `  ${row.actual}`;
    if (row.expected !== undefined) return `${row.expected.isGap ? ' ' : '-'} ${row.expected.text}`;
    return `+ ${row.actual}`;
  });
  return shown.join('\n');
}

/**
 * Brings a recorded output up to date. Lines that still match keep their pattern, so that an author's
 * `…` survives a new recording; a lone `…` survives where the lines around it do.
 *
 * @returns the new pattern, equal to the old one when that still matches
 */
export function mergeOutput(expected: OutputPattern, actual: string): string {
  if (outputMatches(expected, actual)) return expected.pattern;
  const rows = align(patternsOf(expected), linesOf(actual));
  return rows.flatMap((row, index) => mergedLines(rows, row, index)).join('\n');
}

/** A line of the chapter, a line that was printed, or both where they match. */
interface Row {
  expected?: LinePattern;
  actual?: string;
}

function mergedLines(rows: readonly Row[], row: Row, index: number): string[] {
  if (row.expected !== undefined && row.actual !== undefined) return [row.expected.text];
  if (row.expected !== undefined) {
    return row.expected.isGap && isAnchored(rows, index) ? [row.expected.text] : [];
  }
  const gap = enclosingGap(rows, index);
  return gap === undefined || !isAnchored(rows, gap) ? [row.actual ?? ''] : [];
}

/** A lone `…` is kept when no line of the chapter next to it has changed. */
function isAnchored(rows: readonly Row[], gap: number): boolean {
  const isExpected = ({ expected }: Row) => expected !== undefined;
  const before = rows.slice(0, gap).findLast(isExpected);
  const after = rows.slice(gap + 1).find(isExpected);
  return [before, after].every((row) => row === undefined || row.actual !== undefined);
}

/** The lone `…` that swallows the printed line at `index`, if one stands among its unmatched neighbours. */
function enclosingGap(rows: readonly Row[], index: number): number | undefined {
  const isMatch = ({ expected, actual }: Row) => expected !== undefined && actual !== undefined;
  const start = rows.slice(0, index).findLastIndex(isMatch) + 1;
  const length = rows.slice(index).findIndex(isMatch);
  const end = length === -1 ? rows.length : index + length;
  const gap = rows.slice(start, end).findIndex(({ expected }) => expected?.isGap);
  return gap === -1 ? undefined : start + gap;
}

/** Longest common subsequence of the two, where a pattern counts as equal to a line that it matches. */
function align(patterns: readonly LinePattern[], lines: readonly string[]): Row[] {
  const table = commonLengths(patterns, lines);
  const common = (i: number, j: number) => table[i]?.[j] ?? 0;
  const rows: Row[] = [];
  let [i, j] = [0, 0];
  while (i < patterns.length || j < lines.length) {
    const [expected, actual] = [patterns[i], lines[j]];
    if (expected !== undefined && actual !== undefined && aligns(expected, actual)) {
      rows.push({ expected, actual });
      i += 1;
      j += 1;
    } else if (
      expected !== undefined &&
      (actual === undefined || common(i + 1, j) >= common(i, j + 1))
    ) {
      rows.push({ expected });
      i += 1;
    } else if (actual !== undefined) {
      rows.push({ actual });
      j += 1;
    }
  }
  return rows;
}

function commonLengths(patterns: readonly LinePattern[], lines: readonly string[]): number[][] {
  const table = Array.from({ length: patterns.length + 1 }, () =>
    new Array<number>(lines.length + 1).fill(0),
  );
  for (let i = patterns.length - 1; i >= 0; i -= 1) {
    for (let j = lines.length - 1; j >= 0; j -= 1) {
      const [row, below] = [table[i] ?? [], table[i + 1] ?? []];
      row[j] = aligns(patterns[i], lines[j])
        ? (below[j + 1] ?? 0) + 1
        : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

function aligns(pattern: LinePattern | undefined, line: string | undefined): boolean {
  if (pattern === undefined || line === undefined || pattern.isGap) return false;
  return pattern.matches.test(line);
}

/** A line of the chapter, ready to be compared with lines that were printed. */
interface LinePattern {
  text: string;
  /** Whether it is a lone `…`, which stands for any lines. */
  isGap: boolean;
  matches: RegExp;
}

/** No line that was printed contains a line break, so no pattern matches this. */
const NO_LINE = '\n';

/** A number with the blanks before it, which change with its width in a column. */
const NUMBER = /\s*\d[\d.,]*/;

function patternsOf({ pattern, vary }: OutputPattern): LinePattern[] {
  return linesOf(pattern).map((text) => {
    const fixed = text.split(ELLIPSIS).map((part) => {
      if (vary === undefined) return escaped(part);
      return part.split(new RegExp(NUMBER, 'g')).map(escaped).join(NUMBER.source);
    });
    const matches = new RegExp(`^${fixed.join('.*')}$`);
    return { text, isGap: text.trim() === ELLIPSIS, matches };
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Trailing blanks are no part of an output: editors and Markdown drop them. */
function linesOf(text: string): string[] {
  const trimmed = text.replace(/\s+$/, '');
  return trimmed === '' ? [] : trimmed.split('\n').map((line) => line.trimEnd());
}
