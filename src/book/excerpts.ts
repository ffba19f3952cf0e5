import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { ExcerptBlock } from './chapter.js';
import { type Excerpt, takeExcerpt } from './excerpt.js';
import type { Problem } from './problem.js';

/** `src/stream/log.ts#append`, as an author writes it. */
export function excerptName({ file, region }: Pick<ExcerptBlock, 'file' | 'region'>): string {
  return region === undefined ? file : `${file}#${region}`;
}

/**
 * Reads the source that an excerpt shows.
 *
 * @param root - folder that holds the book; the excerpt's file must be inside
 */
export function readExcerpt(root: string, { file, region }: ExcerptBlock): Excerpt {
  if (posix.normalize(file).startsWith('..') || posix.isAbsolute(file)) {
    return { found: false, reason: 'is outside the book' };
  }
  try {
    return takeExcerpt(readFileSync(join(root, file), 'utf8'), region);
  } catch {
    return { found: false, reason: 'does not exist' };
  }
}

/**
 * Compares an excerpt with its source.
 *
 * @param chapterFile - the chapter, for the place of the problem
 * @returns nothing, or the first line that differs
 */
export function excerptProblems(root: string, chapterFile: string, block: ExcerptBlock): Problem[] {
  const source = readExcerpt(root, block);
  if (!source.found) {
    const message = `excerpt: ${block.file} ${source.reason}`;
    return [{ file: chapterFile, line: block.line, message }];
  }
  if (source.code === block.code) return [];
  const here = block.code.split('\n');
  const there = source.code.split('\n');
  const length = Math.max(here.length, there.length);
  const first = Array.from({ length }).findIndex((_, index) => here[index] !== there[index]);
  const name = excerptName(block);
  return [
    {
      file: chapterFile,
      line: block.line + 1 + Math.min(first, here.length),
      message: `excerpt differs from ${name}: here ${quoted(here[first])}, there ${quoted(there[first])}`,
      hint: 'Mend the source, or let `npm run record` copy it into the chapter.',
    },
  ];
}

function quoted(line: string | undefined): string {
  return line === undefined ? 'the end' : `\`${line.trim()}\``;
}
