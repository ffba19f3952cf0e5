import { type Chapter, excerpts } from '../chapter/chapter.js';
import type { Placement } from './excerpt.js';

/** Which regions of which source files the book shows, and the last chapter that shows each. */
export type Shown = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The place of a chapter in the order of the book's code; pages after the last number come last. */
export function chapterNumber({ number }: Pick<Chapter, 'number'>): number {
  return /^\d+$/.test(number) ? Number(number) : Number.POSITIVE_INFINITY;
}

/** The chapters that are numbered: those that tell the story, in order. */
export function numberedChapters(chapters: readonly Chapter[]): Chapter[] {
  return chapters.filter((chapter) => Number.isFinite(chapterNumber(chapter)));
}

/** Finds every region that chapters show. */
export function shownRegions(chapters: readonly Chapter[]): Shown {
  const shown = new Map<string, Map<string, number>>();
  for (const chapter of chapters) {
    for (const { file, region } of excerpts(chapter)) {
      if (region === undefined) continue;
      const regions = shown.get(file) ?? new Map<string, number>();
      shown.set(file, regions.set(region, chapterNumber(chapter)));
    }
  }
  return shown;
}

/** Where an excerpt of a file stands when a chapter shows it. */
export function placementOf(shown: Shown, chapter: Chapter, file: string): Placement {
  return { chapter: chapterNumber(chapter), shown: new Set(shown.get(file)?.keys()) };
}
