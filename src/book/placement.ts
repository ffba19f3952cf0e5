import { type Chapter, excerpts } from './chapter.js';
import type { Placement } from './excerpt.js';

/** Which chapter shows which piece of source first: for each file, its regions. */
export type Shown = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The place of a chapter in the order of the book's code; pages after the last number come last. */
export function chapterNumber({ number }: Pick<Chapter, 'number'>): number {
  return /^\d+$/.test(number) ? Number(number) : Number.POSITIVE_INFINITY;
}

/** Finds for every region that the book shows the first chapter that does. */
export function shownRegions(chapters: readonly Chapter[]): Shown {
  const shown = new Map<string, Map<string, number>>();
  for (const chapter of chapters) {
    for (const { file, region } of excerpts(chapter)) {
      if (region === undefined) continue;
      const regions = shown.get(file) ?? new Map<string, number>();
      shown.set(file, regions);
      const known = regions.get(region) ?? Number.POSITIVE_INFINITY;
      regions.set(region, Math.min(known, chapterNumber(chapter)));
    }
  }
  return shown;
}

/** Where an excerpt of a file stands when a chapter shows it. */
export function placementOf(shown: Shown, chapter: Chapter, file: string): Placement {
  return { chapter: chapterNumber(chapter), shown: shown.get(file) ?? new Map() };
}
