import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Chapter, ExcerptBlock } from '../chapter/chapter.js';
import type { Problem } from '../problem.js';
import { type Excerpt, takeExcerpt } from './excerpt.js';
import { placementOf, type Shown } from './placement.js';

/** `src/tally.ts#add`, as an author writes it. */
export function excerptName({ file, region }: Pick<ExcerptBlock, 'file' | 'region'>): string {
  return region === undefined ? file : `${file}#${region}`;
}

/** What excerpts are taken from. */
export interface Sources {
  /** Folder that holds the book; the files of excerpts must be inside. */
  root: string;
  /** Which chapter shows which region. */
  shown: Shown;
}

/** Reads the source that an excerpt of a chapter shows. */
export function readExcerpt(
  { root, shown }: Sources,
  chapter: Chapter,
  { file, region }: ExcerptBlock,
): Excerpt {
  if (posix.normalize(file).startsWith('..') || posix.isAbsolute(file)) {
    return { found: false, reason: 'is outside the book' };
  }
  try {
    const source = readFileSync(join(root, file), 'utf8');
    return takeExcerpt(source, region, placementOf(shown, chapter, file));
  } catch {
    return { found: false, reason: 'does not exist' };
  }
}

/**
 * Compares an excerpt with its source.
 *
 * @returns nothing, or the first line that differs
 */
export function excerptProblems(
  sources: Sources,
  chapter: Chapter,
  block: ExcerptBlock,
): Problem[] {
  const source = readExcerpt(sources, chapter, block);
  if (!source.found) {
    const message = `excerpt: ${block.file} ${source.reason}`;
    return [{ file: chapter.file, line: block.line, message }];
  }
  if (source.code === block.code) return [];
  const here = block.code.split('\n');
  const there = source.code.split('\n');
  const length = Math.max(here.length, there.length);
  const first = Array.from({ length }).findIndex((_, index) => here[index] !== there[index]);
  const name = excerptName(block);
  return [
    {
      file: chapter.file,
      line: block.line + 1 + Math.min(first, here.length),
      message: `excerpt differs from ${name}: here ${quoted(here[first])}, there ${quoted(there[first])}`,
      hint: 'Mend the source, or let `npm run record` copy it into the chapter.',
    },
  ];
}

function quoted(line: string | undefined): string {
  return line === undefined ? 'the end' : `\`${line.trim()}\``;
}
