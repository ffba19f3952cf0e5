/** A line of a source file, and the regions that it stands in. */
export interface SourceLine {
  text: string;
  /** From 1. */
  line: number;
  /** Names of the regions around it, the outermost first; those without a name are empty texts. */
  regions: string[];
  /** Whether it opens or closes a region, and so is never shown. */
  isMarker: boolean;
}

const MARKER = /^\s*\/\/ #(region|endregion)\b\s*(\S*)/;
const SINCE = /^since-(\d+)$/;

/**
 * Reads the region markers of a source file, as editors fold them:
 *
 * ```ts
 * // #region append
 * append(item: Item): number { … }
 * // #endregion append
 * ```
 *
 * Closing markers are counted and not matched by name, since editors let them stand without one.
 */
export function sourceLines(source: string): SourceLine[] {
  const open: string[] = [];
  return source.split('\n').map((text, index) => {
    const [, kind, name = ''] = MARKER.exec(text) ?? [];
    if (kind === 'region') open.push(name);
    const regions = [...open];
    if (kind === 'endregion') open.pop();
    return { text, line: index + 1, regions, isMarker: kind !== undefined };
  });
}

/** Names of all regions of a source file that an excerpt can show, in order. */
export function regionNames(source: string): string[] {
  return source.split('\n').flatMap((text) => {
    const [, kind, name] = MARKER.exec(text) ?? [];
    return kind === 'region' && name && !SINCE.test(name) ? [name] : [];
  });
}

/** The chapter from which on a region `since-N` belongs to the code; `undefined` for any other region. */
export function sinceChapter(region: string): number | undefined {
  const number = SINCE.exec(region)?.[1];
  return number === undefined ? undefined : Number(number);
}
