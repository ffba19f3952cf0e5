import type { Chapter } from './chapter.js';
import { withoutMarkup } from './markdown.js';

/** What a chapter says of itself before it begins: `**You will have** …` and `About 50 minutes`. */
export interface ChapterPromise {
  /** What the reader has at its end, without markup; `undefined` when it does not say. */
  outcome: string | undefined;
  minutes: number | undefined;
}

/** Reads what a chapter promises, from the paragraphs between its title and its first section. */
export function promiseOf({ lines, headings }: Chapter): ChapterPromise {
  const end = (headings.find(({ level }) => level === 2)?.line ?? lines.length + 1) - 1;
  const opening = lines.slice(0, end).join('\n');
  const outcome = /^\*\*You will have\*\* (.*)$/m.exec(opening)?.[1];
  const minutes = /\bAbout (\d+) minutes\b/.exec(opening)?.[1];
  return {
    outcome: outcome === undefined ? undefined : withoutMarkup(outcome),
    minutes: minutes === undefined ? undefined : Number(minutes),
  };
}
