import type { Token } from 'markdown-it';
import type { Problem } from '../problem.js';
import {
  type Block,
  type Chapter,
  chapterFile,
  type Output,
  type RecordingBlock,
  type Runnable,
} from './chapter.js';
import { exerciseProblems } from './exercises.js';
import { isMistake, parseFence } from './fence.js';
import { headingsOf, linksOf, paragraphAfterTitle } from './headings.js';
import { createMarkdown } from './markdown.js';
import { quizProblems } from './quizzes.js';

/** A chapter, and what is wrong with it as far as its own text tells. */
export interface ParsedChapter {
  chapter: Chapter;
  problems: Problem[];
}

const markdown = createMarkdown();

/**
 * Reads a chapter's Markdown.
 *
 * @param slug - name of the chapter, `01-order`
 * @param source - the Markdown
 * @param scenarios - names that a `<!-- panel name -->` may bear
 * @param recordings - names that a `<!-- recording name -->` or `<!-- sequence name -->` may bear
 */
export function parseChapter(
  slug: string,
  source: string,
  scenarios: readonly string[],
  recordings: readonly string[] = [],
): ParsedChapter {
  const file = chapterFile(slug);
  const tokens = markdown.parse(source, {});
  const lines = source.split('\n');
  const headings = headingsOf(tokens);
  const parsing: Parsing = { blocks: [], problems: [], file, scenarios, recordings, folded: false };
  for (const token of tokens) readToken(parsing, token);
  closeLastFold(parsing);

  const title = headings.find(({ level }) => level === 1);
  if (title === undefined) report(parsing, 1, 'has no title', 'Begin with `# Title`.');
  const chapter: Chapter = {
    slug,
    file,
    number: numberOf(slug),
    title: title?.text ?? slug,
    lede: paragraphAfterTitle(tokens),
    headings,
    links: linksOf(tokens, lines),
    blocks: withProse(parsing.blocks, lines),
    lines,
  };
  return {
    chapter,
    problems: [...parsing.problems, ...exerciseProblems(chapter), ...quizProblems(chapter)],
  };
}

interface Parsing {
  blocks: Block[];
  problems: Problem[];
  file: string;
  scenarios: readonly string[];
  recordings: readonly string[];
  /** Whether the token being read stands inside `<details>`. */
  folded: boolean;
}

function readToken(parsing: Parsing, token: Token): void {
  const [start, end] = token.map ?? [0, 0];
  const span = { line: start + 1, endLine: end + 1 };
  if (token.type === 'fence') readFence(parsing, token, span);
  if (token.type === 'html_block') readHtml(parsing, token.content, span);
  if (token.type === 'code_block') {
    report(parsing, span.line, 'code by indentation has no role', 'Put it between ``` fences.');
  }
}

function readFence(parsing: Parsing, token: Token, span: { line: number; endLine: number }): void {
  const fence = parseFence(token.info);
  if (isMistake(fence)) {
    report(parsing, span.line, fence.message, fence.hint);
    return;
  }
  // Inside a list or a quote the block's lines are not those of the file, and a notebook cannot cut there.
  if (token.level > 0) {
    if (fence.role === 'listing') return;
    report(parsing, span.line, 'a block inside a list or a quote', 'Move it to the left margin.');
    return;
  }
  const code = token.content.replace(/\n$/, '');
  const { blocks } = parsing;
  switch (fence.role) {
    case 'excerpt':
      blocks.push({ kind: 'excerpt', ...span, file: fence.file, region: fence.region, code });
      return;
    case 'cell':
    case 'exercise':
    case 'answer': {
      const throws = fence.role === 'cell' ? fence.throws : undefined;
      const exercise = fence.role === 'exercise' ? { part: fence.part, id: fence.id } : undefined;
      const isAnswer = fence.role === 'answer';
      blocks.push({ kind: 'cell', ...span, code, throws, output: undefined, exercise, isAnswer });
      return;
    }
    case 'command':
      blocks.push({ kind: 'command', ...span, code, output: undefined });
      return;
    case 'output':
      readOutput(parsing, { kind: 'output', ...span, pattern: code, vary: fence.vary });
      return;
    case 'listing':
      blocks.push({ kind: 'listing', ...span, language: fence.language, code });
      return;
  }
}

function readOutput(parsing: Parsing, output: Output): void {
  const source = parsing.blocks.findLast(isRunnable);
  parsing.blocks.push(output);
  if (source === undefined) {
    report(parsing, output.line, 'an output without a cell or command above it');
  } else if (source.output !== undefined) {
    report(parsing, output.line, `a second output of the block on line ${source.line}`);
  } else {
    source.output = output;
  }
}

const PANEL = /^<!--\s*panel\b\s*(\S*)\s*-->\s*$/;
const RECORDING = /^<!--\s*(recording|sequence)\b\s*(\S*)\s*-->\s*$/;
const FOLD_OPEN = /^<details>\s*<summary>(.*?)<\/summary>\s*$/s;
const FOLD_CLOSE = /^<\/details>\s*$/;

function readHtml(parsing: Parsing, html: string, span: { line: number; endLine: number }): void {
  const { blocks, scenarios } = parsing;
  const recording = RECORDING.exec(html);
  const scenario = PANEL.exec(html)?.[1];
  const summary = FOLD_OPEN.exec(html)?.[1];
  if (scenario !== undefined) {
    blocks.push({ kind: 'panel', ...span, scenario });
    if (scenarios.includes(scenario)) return;
    const hint = `Scenarios in book.config.json: ${scenarios.join(', ')}.`;
    report(parsing, span.line, `a panel of an unknown scenario \`${scenario}\``, hint);
  } else if (recording !== null) {
    const [, word, name = ''] = recording;
    readRecordingPlace(parsing, name, word === 'sequence' ? 'sequence' : 'tape', span);
  } else if (summary !== undefined) {
    blocks.push({ kind: 'fold', ...span, edge: 'open', summary });
    if (parsing.folded) report(parsing, span.line, 'a `<details>` inside another');
    parsing.folded = true;
  } else if (FOLD_CLOSE.test(html)) {
    blocks.push({ kind: 'fold', ...span, edge: 'close', summary: '' });
    if (!parsing.folded) report(parsing, span.line, 'a `</details>` without its beginning');
    parsing.folded = false;
  } else if (/```|<\/?details/.test(html)) {
    const hint = 'Leave an empty line before and after the HTML, or its content is no Markdown.';
    report(parsing, span.line, 'HTML that swallows what follows it', hint);
  }
}

function readRecordingPlace(
  parsing: Parsing,
  name: string,
  form: RecordingBlock['form'],
  span: { line: number; endLine: number },
): void {
  parsing.blocks.push({ kind: 'recording', ...span, name, form });
  if (parsing.recordings.includes(name)) return;
  const hint = `Recordings in book.config.json: ${parsing.recordings.join(', ') || 'none'}.`;
  report(parsing, span.line, `an unknown recording \`${name}\``, hint);
}

function closeLastFold(parsing: Parsing): void {
  if (!parsing.folded) return;
  const fold = parsing.blocks.findLast(({ kind }) => kind === 'fold');
  report(parsing, fold?.line ?? 1, 'a `<details>` that is never closed');
}

/** Fills the gaps between blocks with the prose that stands there. */
function withProse(blocks: readonly Block[], lines: readonly string[]): Block[] {
  const filled: Block[] = [];
  let line = 1;
  const fillUpTo = (endLine: number) => {
    const markdown = lines.slice(line - 1, endLine - 1).join('\n');
    if (markdown.trim() !== '') filled.push({ kind: 'prose', line, endLine, markdown });
  };
  for (const block of blocks) {
    fillUpTo(block.line);
    filled.push(block);
    line = block.endLine;
  }
  fillUpTo(lines.length + 1);
  return filled;
}

function isRunnable(block: Block): block is Runnable {
  return block.kind === 'cell' || block.kind === 'command';
}

function report(parsing: Parsing, line: number, message: string, hint?: string): void {
  const { file, problems } = parsing;
  problems.push({ file, line, message, ...(hint === undefined ? {} : { hint }) });
}

/** The part of a slug before the name: `1` of `01-order`, `A1` of `a1-hazards`. */
function numberOf(slug: string): string {
  const [first = ''] = slug.split('-');
  return first.replace(/^0/, '').toUpperCase();
}
