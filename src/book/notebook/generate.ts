import { createHash } from 'node:crypto';
import type { Block, Cell, Chapter } from '../chapter.js';
import { excerptName } from '../excerpts.js';
import { FIRST_GUARD, LAST_GUARD } from './guards.js';
import {
  type CellMetadata,
  type NotebookCell,
  notebookOf,
  serialise,
  sourceLines,
} from './nbformat.js';
import { notebookProse } from './prose.js';

/** A cell of the notebook, and what of the chapter it is made from. */
export interface GeneratedCell {
  cell: NotebookCell;
  line: number;
  /** The chapter's cell, for code that is not of the notebook's own. */
  from: Cell | undefined;
}

/** Path of a chapter's notebook, relative to the root. */
export function notebookFile(slug: string): string {
  return `notebooks/${slug}.ipynb`;
}

/**
 * The notebook of a chapter, as text. The same chapter always gives the same bytes.
 *
 * @param chapters - all chapters of the book, for links between them
 */
export function generateNotebook(chapter: Chapter, chapters: readonly Chapter[]): string {
  return serialise(notebookOf(generateCells(chapter, chapters).map(({ cell }) => cell)));
}

/** The cells of a chapter's notebook, in order. */
export function generateCells(chapter: Chapter, chapters: readonly Chapter[]): GeneratedCell[] {
  const drafts: Draft[] = [
    { kind: 'markdown', line: 1, source: introduction(chapter) },
    { kind: 'code', line: 1, source: FIRST_GUARD, metadata: hidden('guard') },
    ...chapter.blocks.flatMap((block) => draftsOf(block, chapter, chapters)),
    { kind: 'code', line: chapter.lines.length, source: LAST_GUARD, metadata: hidden('guard') },
  ];
  return drafts.map((draft, ordinal) => ({
    cell: finished(draft, cellId(chapter.slug, ordinal, draft.kind)),
    line: draft.line,
    from: draft.from,
  }));
}

interface Draft {
  kind: 'markdown' | 'code';
  line: number;
  source: string;
  metadata?: CellMetadata;
  /** The chapter's cell, whose recorded output becomes the output of this one. */
  from?: Cell;
}

function draftsOf(block: Block, chapter: Chapter, chapters: readonly Chapter[]): Draft[] {
  const { line } = block;
  const markdown = (source: string): Draft[] => [{ kind: 'markdown', line, source }];
  switch (block.kind) {
    case 'prose': {
      const prose = notebookProse(withoutTitle(block.markdown), chapter, chapters);
      if (prose === '') return [];
      return markdown(isSolution(block, chapter) ? folded(prose) : prose);
    }
    case 'excerpt':
      return markdown(`\`${excerptName(block)}\`\n\n${fenced('typescript', block.code)}`);
    case 'listing':
      return markdown(fenced(block.language, block.code));
    case 'command': {
      const shown = block.output === undefined ? '' : `\n\n${fenced('text', block.output.pattern)}`;
      return markdown(`In a terminal:\n\n${fenced('sh', block.code)}${shown}`);
    }
    case 'cell':
      return [codeDraft(block)];
    case 'fold':
      // Where the reader writes the answer, before the solution that the chapter folds away.
      if (block.edge === 'close') return [];
      return [{ kind: 'code', line, source: '// Your answer', metadata: { tags: ['exercise'] } }];
    case 'output':
    case 'panel':
      return [];
  }
}

function codeDraft(cell: Cell): Draft {
  const metadata = cell.solution ? hidden('solution') : {};
  return { kind: 'code', line: cell.line, source: notebookCode(cell), metadata, from: cell };
}

/**
 * A cell that throws would make tslab skip the cells behind it without a word, so the notebook catches
 * the error and prints it as the chapter shows it.
 */
function notebookCode({ code, throws }: Cell): string {
  if (throws === undefined) return code;
  const indented = code.replace(/^(?=.)/gm, '  ');
  return `try {
${indented}
} catch (error: any) {
  if (error.type !== '${throws}' && error.name !== '${throws}') throw error;
  console.log(\`${throws}: \${error.message}\`);
}`;
}

function introduction({ file, number, title }: Chapter): string {
  return `# ${title}

*Chapter ${number} of Streambook as a lab: run each cell with Shift+Enter, from top to bottom; change it, run it again.*
Open it with \`npm run notebooks\`, which starts JupyterLab, its TypeScript kernel and a Temporal server.
It is made from [${file}](../${file}): change that file, not this one.`;
}

/** The title stands in the introduction. */
function withoutTitle(markdown: string): string {
  return markdown.replace(/^# .*\n?/m, '');
}

function isSolution(block: Block, chapter: Chapter): boolean {
  const fold = chapter.blocks.findLast(({ kind, line }) => kind === 'fold' && line < block.line);
  return fold?.kind === 'fold' && fold.edge === 'open';
}

function folded(prose: string): string {
  return `<details><summary>Solution</summary>\n\n${prose}\n\n</details>`;
}

function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}

function hidden(tag: string): CellMetadata {
  return { jupyter: { source_hidden: true }, tags: [tag] };
}

/** Stable, so that a new recording changes only the cells that changed. */
function cellId(slug: string, ordinal: number, kind: string): string {
  return createHash('sha256').update(`${slug}/${ordinal}/${kind}`).digest('hex').slice(0, 12);
}

function finished({ kind, source, metadata = {}, from }: Draft, id: string): NotebookCell {
  const lines = sourceLines(source);
  if (kind === 'markdown') return { cell_type: 'markdown', id, metadata, source: lines };
  const recorded = from?.output?.pattern;
  const text = recorded === undefined ? [] : sourceLines(`${recorded}\n`);
  return {
    cell_type: 'code',
    execution_count: null,
    id,
    metadata,
    outputs: text.length === 0 ? [] : [{ name: 'stdout', output_type: 'stream', text }],
    source: lines,
  };
}
