import { isLater } from '../../src/book/source/excerpt.ts';
import { sourceLines } from '../../src/book/source/regions.ts';

/**
 * A source file as it is at the end of a chapter: without what later ones add. Lines stay where they
 * are, so that a compiler's message names the place in the real file.
 */
export function asOf(source: string, chapter: number): string {
  return sourceLines(source)
    .map(({ text, regions }) => (regions.some((name) => isLater(name, chapter)) ? '' : text))
    .join('\n');
}
