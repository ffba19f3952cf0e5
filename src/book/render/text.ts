import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Book } from '../book.js';
import type { Block, Chapter, ExcerptBlock } from '../chapter/chapter.js';
import { createMarkdown } from '../chapter/markdown.js';
import { readRecording } from '../record/recordings.js';
import { readExcerpt } from '../source/excerpts.js';
import { originOf } from '../source/origin.js';
import { isSaidOf } from '../source/symbols.js';
import type { ChapterTypes } from '../types/types.js';
import { symbolHref } from './data.js';
import type { LineDecoration } from './decorate.js';
import {
  drawExcerpt,
  drawFold,
  drawListing,
  drawOutput,
  drawPanel,
  drawRunnable,
} from './figures.js';
import type { Highlight } from './highlight.js';
import { type Html, html, raw } from './html.js';
import { drawRecording } from './recording.js';
import { type Env, envOf } from './rules/env.js';
import { fenceRule } from './rules/fence.js';
import { headingRule } from './rules/heading.js';
import { htmlBlockRule } from './rules/html-block.js';
import { imageRule } from './rules/image.js';
import { linkRule } from './rules/link.js';
import { tableRule } from './rules/table.js';
import { termRule } from './rules/term.js';
import { typeSpans } from './type-spans.js';

/** A chapter's text as markup. */
export interface RenderedText {
  /** Title and lede, which open the page. */
  title: Html;
  lede: Html;
  /** All that follows them. */
  body: Html;
}

/** Renders the text of chapters. */
export type RenderText = (book: Book, chapter: Chapter, types?: ChapterTypes) => RenderedText;

const OUTPUT_NOTE = 'Recorded from a run, and compared with a new run by every test.';

/** Prepares a renderer; it holds nothing of a single chapter. */
export function createTextRenderer(highlight: Highlight): RenderText {
  const markdown = createMarkdown();
  const draw = (block: Block, env: Env) => drawBlock(block, env, highlight);
  fenceRule(markdown, draw, highlight);
  htmlBlockRule(markdown, draw);
  imageRule(markdown);
  linkRule(markdown);
  tableRule(markdown);
  headingRule(markdown);
  termRule(markdown);

  return (book, chapter, types) => {
    const env = envOf(book, chapter, types);
    const tokens = markdown.parse(chapter.lines.join('\n'), env);
    const title = tokens.findIndex(({ type, tag }) => type === 'heading_open' && tag === 'h1');
    const lede = tokens[title + 3]?.type === 'paragraph_open' ? title + 3 : undefined;
    const inline = (index: number) =>
      raw(markdown.renderer.renderInline(tokens[index]?.children ?? [], markdown.options, env));
    const rest = tokens.slice((lede ?? title) + 3);
    return {
      title: inline(title + 1),
      lede: lede === undefined ? html`` : inline(lede + 1),
      body: raw(markdown.renderer.render(rest, markdown.options, env)),
    };
  };
}

function drawBlock(block: Block, env: Env, highlight: Highlight): Html | undefined {
  const { chapter, ids } = env;
  const id = ids.get(block.line);
  switch (block.kind) {
    case 'excerpt':
      return drawSourced(block, env, highlight);
    case 'cell':
    case 'command':
      return drawRunnable(block, id, typed(block, env, highlight));
    case 'output': {
      const first = chapter.blocks.find(({ kind }) => kind === 'output');
      return drawOutput(block, block === first ? OUTPUT_NOTE : undefined);
    }
    case 'listing':
      return drawListing(block, highlight);
    case 'panel':
      return drawPanel(block);
    case 'recording':
      return drawRecording(block, readRecording(env.book.root, block.name));
    case 'fold':
      return drawFold(block, chapter);
    case 'prose':
      return undefined;
  }
}

function drawSourced(block: ExcerptBlock, env: Env, highlight: Highlight): Html | undefined {
  const { book, chapter, ids } = env;
  const excerpt = readExcerpt(book, chapter, block);
  // A book with such a mistake is not built.
  if (!excerpt.found) return undefined;
  const source = readFileSync(join(book.root, block.file), 'utf8');
  const origin = originOf(book, chapter, block, excerpt, source);
  // Where all is new, marks on every line would tell nothing that the margin does not.
  const isMixed = origin.change === 'added' && origin.added.size < excerpt.lines.length;
  const marked = isMixed ? origin.added : new Set<number>();
  const notes = {
    id: ids.get(block.line) ?? '',
    origin,
    chapter,
    repository: book.config.repository,
  };
  return drawExcerpt(block, notes, typed(block, env, highlight, marked));
}

/** Colours a block's code, names its lines, and marks the names whose types are known. */
function typed(
  block: Block & { code: string },
  env: Env,
  highlight: Highlight,
  added: ReadonlySet<number> = new Set(),
): Highlight {
  const id = env.ids.get(block.line) ?? '';
  const hrefOf = (name: string, type: string): string | undefined => {
    const symbol = env.introduced.get(name);
    if (symbol !== undefined && !isSaidOf(symbol, type)) return undefined;
    const isHere = symbol?.chapter === env.chapter && symbol.blockId === id;
    return symbol === undefined || isHere ? undefined : symbolHref(symbol);
  };
  const spans = typeSpans(env.types, { id, code: block.code }, hrefOf);
  const lines = block.code.split('\n').map((_, index): [number, LineDecoration] => {
    const name = `${id}-L${index + 1}`;
    return [index, added.has(index) ? { id: name, classes: 'added' } : { id: name }];
  });
  return (language, code) => highlight(language, code, { spans, lines: new Map(lines) });
}
