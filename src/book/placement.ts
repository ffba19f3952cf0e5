import { type Chapter, excerpts } from './chapter.js';
import type { Placement } from './excerpt.js';

/** Which regions of which source files the book shows. */
export type Shown = ReadonlyMap<string, ReadonlySet<string>>;

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
  const shown = new Map<string, Set<string>>();
  for (const { file, region } of chapters.flatMap(excerpts)) {
    if (region === undefined) continue;
    const regions = shown.get(file) ?? new Set<string>();
    shown.set(file, regions.add(region));
  }
  return shown;
}

/** Where an excerpt of a file stands when a chapter shows it. */
export function placementOf(shown: Shown, chapter: Chapter, file: string): Placement {
  return { chapter: chapterNumber(chapter), shown: shown.get(file) ?? new Set() };
}
