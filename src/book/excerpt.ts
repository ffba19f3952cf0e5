/** A stretch of a source file that a chapter shows: the whole file, or what stands between two region markers. */
export type Excerpt =
  | { found: true; code: string; firstLine: number }
  | { found: false; reason: string };

const MARKER = /^\s*\/\/ #(region|endregion)\b\s*(\S*)/;

/**
 * Takes a region out of a source file, ready to be shown: markers stripped (those of nested regions
 * too), blank lines at both ends dropped, common indentation removed.
 *
 * ```ts
 * // #region append
 * append(item: Item): number { … }
 * // #endregion append
 * ```
 *
 * @param source - text of the file
 * @param region - name of the region, or `undefined` for the whole file
 * @returns the code and the line (from 1) at which it begins in the file, or why there is none
 */
export function takeExcerpt(source: string, region: string | undefined): Excerpt {
  const lines = source.split('\n').map((text, index) => ({ text, line: index + 1 }));
  if (region === undefined) return shown(lines);

  const starts = lines.filter(({ text }) => opens(text, region));
  const [start, second] = starts;
  if (start === undefined) {
    return { found: false, reason: `has no region \`${region}\`${namesOf(source)}` };
  }
  if (second !== undefined) {
    const both = `lines ${start.line} and ${second.line}`;
    return { found: false, reason: `has two regions \`${region}\`, ${both}` };
  }
  const end = closingLine(lines.slice(start.line));
  if (end === undefined) {
    return { found: false, reason: `never closes the region \`${region}\` of line ${start.line}` };
  }
  return shown(lines.slice(start.line, end - 1));
}

/** Names of all regions of a source file, in order. */
export function regionNames(source: string): string[] {
  return source.split('\n').flatMap((text) => {
    const [, kind, name] = MARKER.exec(text) ?? [];
    return kind === 'region' && name ? [name] : [];
  });
}

interface SourceLine {
  text: string;
  line: number;
}

function opens(text: string, region: string): boolean {
  const [, kind, name] = MARKER.exec(text) ?? [];
  return kind === 'region' && name === region;
}

/** Counts markers instead of matching names, since editors let `#endregion` stand without one. */
function closingLine(lines: readonly SourceLine[]): number | undefined {
  let depth = 1;
  for (const { text, line } of lines) {
    const kind = MARKER.exec(text)?.[1];
    if (kind === 'region') depth += 1;
    if (kind === 'endregion') depth -= 1;
    if (depth === 0) return line;
  }
  return undefined;
}

function shown(lines: readonly SourceLine[]): Excerpt {
  const kept = lines.filter(({ text }) => !MARKER.test(text));
  const first = kept.findIndex(({ text }) => text.trim() !== '');
  if (first === -1) return { found: false, reason: 'has nothing to show there' };
  const last = kept.findLastIndex(({ text }) => text.trim() !== '');
  const body = kept.slice(first, last + 1);
  const code = withoutCommonIndent(body.map(({ text }) => text)).join('\n');
  return { found: true, code, firstLine: body[0]?.line ?? 1 };
}

function withoutCommonIndent(lines: readonly string[]): string[] {
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const common = Math.min(...indents);
  return lines.map((line) => line.slice(common));
}

function namesOf(source: string): string {
  const names = regionNames(source);
  return names.length === 0 ? '; it has none' : `; it has ${names.join(', ')}`;
}
