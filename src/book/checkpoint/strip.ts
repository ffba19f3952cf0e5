import { isLater } from '../excerpt.js';
import { sourceLines } from '../regions.js';

/**
 * A source file as it is at the end of a chapter: without the regions that belong to later ones.
 * Lines stay where they are, so that a compiler's message names the place in the real file.
 *
 * @param shown - for each region that the book shows, the first chapter that does
 */
export function asOf(source: string, chapter: number, shown: ReadonlyMap<string, number>): string {
  return sourceLines(source)
    .map(({ text, regions }) => (regions.some((name) => isLater(name, chapter, shown)) ? '' : text))
    .join('\n');
}
