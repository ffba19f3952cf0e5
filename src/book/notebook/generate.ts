import { createHash } from 'node:crypto';
import type { Book } from '../book.js';
import { type Block, type Cell, type Chapter, cells, isPreface } from '../chapter/chapter.js';
import type { OutputPattern } from '../record/output.js';
import { excerptName } from '../source/excerpts.js';
import { foldMarkdown } from './fold.js';
import { CHECK_IMPORT, FIRST_GUARD, LAST_GUARD } from './guards.js';
import { commandMarkdown, fenced, recordingMarkdown } from './markdown.js';
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
  /** What it must print in the kernel, where that is not what the chapter shows. */
  prints: OutputPattern | undefined;
}

/** Path of a chapter's notebook, relative to the root. */
export function notebookFile(slug: string): string {
  return `notebooks/${slug}.ipynb`;
}

/**
 * The notebook of a chapter, as text. The same chapter of the same book always gives the same bytes.
 */
export function generateNotebook(book: Book, chapter: Chapter): string {
  return serialise(notebookOf(generateCells(book, chapter).map(({ cell }) => cell)));
}

/** The cells of a chapter's notebook, in order. */
export function generateCells({ config, chapters }: Book, chapter: Chapter): GeneratedCell[] {
  const drafts: Draft[] = [
    { kind: 'markdown', line: 1, source: introduction(config.title, chapter) },
    { kind: 'code', line: 1, source: firstGuard(chapter), metadata: hidden('guard') },
    ...wholes(chapter).flatMap((whole) => draftsOf(whole, chapter, chapters)),
    { kind: 'code', line: chapter.lines.length, source: LAST_GUARD, metadata: hidden('guard') },
  ];
  return drafts.map((draft, ordinal) => ({
    cell: finished(draft, cellId(chapter.slug, ordinal, draft.kind)),
    line: draft.line,
    from: draft.from,
    prints: draft.prints,
  }));
}

interface Draft {
  kind: 'markdown' | 'code';
  line: number;
  source: string;
  metadata?: CellMetadata;
  /** The chapter's cell, whose recorded output becomes the output of this one. */
  from?: Cell;
  prints?: OutputPattern;
}

/** A block, or all blocks from a `<details>` to its end: no HTML reaches over two cells of a notebook. */
type Whole = Block | { kind: 'folded'; line: number; summary: string; blocks: Block[] };

function wholes({ blocks }: Chapter): Whole[] {
  const found: Whole[] = [];
  let inside: Block[] | undefined;
  for (const block of blocks) {
    if (block.kind === 'fold') {
      inside = block.edge === 'open' ? [] : undefined;
      const { line, summary } = block;
      if (inside !== undefined) found.push({ kind: 'folded', line, summary, blocks: inside });
    } else (inside ?? found).push(block);
  }
  return found;
}

function draftsOf(whole: Whole, chapter: Chapter, chapters: readonly Chapter[]): Draft[] {
  const { line } = whole;
  const markdown = (source: string): Draft[] => [{ kind: 'markdown', line, source }];
  switch (whole.kind) {
    case 'prose': {
      const prose = notebookProse(withoutTitle(whole.markdown), chapter, chapters);
      return prose === '' ? [] : markdown(prose);
    }
    case 'excerpt':
      return markdown(`\`${excerptName(whole)}\`\n\n${fenced('typescript', whole.code)}`);
    case 'listing':
      return markdown(fenced(whole.language, whole.code));
    case 'command':
      return markdown(commandMarkdown(whole));
    case 'cell':
      return cellDrafts(whole);
    case 'folded':
      return markdown(foldMarkdown(whole.summary, whole.blocks, chapter, chapters));
    case 'recording':
      return markdown(recordingMarkdown(whole));
    case 'fold':
    case 'output':
    case 'panel':
      return [];
  }
}

function cellDrafts(cell: Cell): Draft[] {
  const { line, exercise } = cell;
  const metadata = exercise?.part === 'check' ? hidden('check') : {};
  const draft: Draft = { kind: 'code', line, source: notebookCode(cell), metadata, from: cell };
  if (exercise?.part !== 'exercise') return [draft];
  const { id } = exercise;
  // As the reader finds it, the answer is to be written yet.
  const prints = { pattern: `✗ ${id} is not done yet: …`, vary: undefined };
  return [
    { ...draft, metadata: { tags: ['exercise'] } },
    { kind: 'code', line, source: `await check('${id}');`, prints },
  ];
}

function firstGuard(chapter: Chapter): string {
  const hasExercise = cells(chapter).some(({ exercise }) => exercise !== undefined);
  return hasExercise ? `${CHECK_IMPORT}\n\n${FIRST_GUARD}` : FIRST_GUARD;
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

function introduction(book: string, chapter: Chapter): string {
  const { file, number, title } = chapter;
  const name = isPreface(chapter) ? 'The preface' : `Chapter ${number}`;
  return `# ${title}

*${name} of ${book} as a lab: run each cell with Shift+Enter, from top to bottom; change it, run it again.*
Open it with \`npm run notebooks\`, which starts JupyterLab, its TypeScript kernel and what the cells need.
It is made from [${file}](../${file}): change that file, not this one.`;
}

/** The title stands in the introduction. */
function withoutTitle(markdown: string): string {
  return markdown.replace(/^# .*\n?/m, '');
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
