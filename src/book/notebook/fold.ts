import type { Block, Chapter } from '../chapter/chapter.js';
import { excerptName } from '../source/excerpts.js';
import { commandMarkdown, fenced, recordingMarkdown } from './markdown.js';
import { notebookProse } from './prose.js';

/**
 * What a chapter folds away, as one Markdown cell: the solution of an exercise with what it prints. It
 * is there to be read; the doctest runs it, while the notebook is the reader's to fill in.
 *
 * @param summary - the words that stay visible
 * @param blocks - all that stands inside the `<details>`
 */
export function foldMarkdown(
  summary: string,
  blocks: readonly Block[],
  chapter: Chapter,
  chapters: readonly Chapter[],
): string {
  const parts = blocks.flatMap((block) => partOf(block, chapter, chapters));
  return `<details><summary>${summary}</summary>\n\n${parts.join('\n\n')}\n\n</details>`;
}

function partOf(block: Block, chapter: Chapter, chapters: readonly Chapter[]): string[] {
  switch (block.kind) {
    case 'prose':
      return [notebookProse(block.markdown, chapter, chapters)];
    case 'excerpt':
      return [`\`${excerptName(block)}\``, fenced('typescript', block.code)];
    case 'cell':
      return [fenced('typescript', block.code), ...printedBy(block.output?.pattern)];
    case 'command':
      return [commandMarkdown(block)];
    case 'listing':
      return [fenced(block.language, block.code)];
    case 'recording':
      return [recordingMarkdown(block)];
    case 'output':
    case 'panel':
    case 'fold':
      return [];
  }
}

function printedBy(pattern: string | undefined): string[] {
  return pattern === undefined ? [] : ['It prints:', fenced('text', pattern)];
}
