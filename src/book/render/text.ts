import type { Env as MarkdownEnv, MarkdownIt, Token } from 'markdown-it';
import type { Book } from '../book.js';
import type { Block, Chapter } from '../chapter.js';
import { readExcerpt } from '../excerpts.js';
import { linkTarget } from '../links.js';
import { createMarkdown } from '../markdown.js';
import { drawExcerpt, drawListing, drawOutput, drawPanel, drawRunnable } from './figures.js';
import type { Highlight } from './highlight.js';
import { type Html, html, raw } from './html.js';
import { pageFigure, pageName } from './layout.js';

/** A chapter's text as markup. */
export interface RenderedText {
  /** Title and lede, which open the page. */
  title: Html;
  lede: Html;
  /** All that follows them. */
  body: Html;
}

/** What the renderer's rules know about the chapter that they render. */
interface Env extends MarkdownEnv {
  book: Book;
  chapter: Chapter;
  /** Blocks by their first line. */
  blocks: ReadonlyMap<number, Block>;
  firstOutput: Block | undefined;
}

/** Renders the text of chapters. */
export type RenderText = (book: Book, chapter: Chapter) => RenderedText;

const OUTPUT_NOTE = 'Recorded from a run, and compared with a new run by every test.';

/** Prepares a renderer; it holds nothing of a single chapter. */
export function createTextRenderer(highlight: Highlight): RenderText {
  const markdown = createMarkdown();
  addBlockRules(markdown, highlight);
  addLinkRules(markdown);
  addFrameRules(markdown);

  return (book, chapter) => {
    const { blocks } = chapter;
    const env: Env = {
      book,
      chapter,
      blocks: new Map(blocks.map((block) => [block.line, block])),
      firstOutput: blocks.find(({ kind }) => kind === 'output'),
    };
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

function addBlockRules(markdown: MarkdownIt, highlight: Highlight): void {
  const { rules } = markdown.renderer;
  const draw = (block: Block, { book, chapter, firstOutput }: Env): Html | undefined => {
    switch (block.kind) {
      case 'excerpt': {
        const source = readExcerpt(book, chapter, block);
        const firstLine = source.found ? source.firstLine : undefined;
        return drawExcerpt(block, highlight, book.config.repository, firstLine);
      }
      case 'cell':
      case 'command':
        return drawRunnable(block, highlight);
      case 'output':
        return drawOutput(block, block === firstOutput ? OUTPUT_NOTE : undefined);
      case 'listing':
        return drawListing(block, highlight);
      case 'panel':
        return drawPanel(block);
      case 'prose':
      case 'fold':
        return undefined;
    }
  };
  const drawn = (token: Token | undefined, env: Env): string | undefined => {
    const block = env.blocks.get((token?.map?.[0] ?? -1) + 1);
    return block === undefined ? undefined : draw(block, env)?.html;
  };
  rules.fence = (tokens, index, _options, env) => {
    const token = tokens[index];
    const listing = { language: token?.info ?? '', code: token?.content.trimEnd() ?? '' };
    // A listing inside a list or a quote is no block of the chapter, only part of its prose.
    const nested = () =>
      drawListing({ kind: 'listing', line: 0, endLine: 0, ...listing }, highlight).html;
    return drawn(token, env as Env) ?? nested();
  };
  rules.html_block = (tokens, index, _options, env) =>
    drawn(tokens[index], env as Env) ?? tokens[index]?.content ?? '';
}

/**
 * Links lead between pages; those to files lead to the repository, if the book knows where it is. Images
 * are beside the pages.
 */
function addLinkRules(markdown: MarkdownIt): void {
  const { rules } = markdown.renderer;
  rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const { chapter } = env as Env;
    const target = linkTarget(chapter.file, String(token?.attrGet('src') ?? ''));
    if (target.kind === 'file') token?.attrSet('src', pageFigure(target.file));
    // What is far down the page need not keep the reader from its beginning.
    token?.attrSet('loading', 'lazy');
    token?.attrSet('alt', self.renderInlineAsText(token.children ?? [], options, env));
    return self.renderToken(tokens, index, options);
  };
  rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const { chapter, book } = env as Env;
    const href = String(token?.attrGet('href') ?? '');
    const target = linkTarget(chapter.file, href);
    if (target.kind === 'chapter') {
      const page = target.file === chapter.file ? '' : pageName(slugOf(target.file));
      const heading = target.heading === undefined ? '' : `#${target.heading}`;
      token?.attrSet('href', `${page}${heading}`);
    } else if (target.kind === 'file') {
      const { repository } = book.config;
      // Without a repository the link stays as words: a page on its own has no sources beside it.
      if (repository === undefined) token?.attrs?.splice(0);
      else token?.attrSet('href', `${repository.files}/${target.file}`);
    }
    return self.renderToken(tokens, index, options);
  };
}

/** Tables scroll on their own, and a section's heading can be linked to. */
function addFrameRules(markdown: MarkdownIt): void {
  const { rules } = markdown.renderer;
  rules.table_open = () =>
    '<div class="table" tabindex="0" role="region" aria-label="Table"><table>\n';
  rules.table_close = () => '</table></div>\n';
  rules.heading_close = (tokens, index, options, _env, self) => {
    const id = tokens[index - 2]?.attrGet('id') ?? '';
    const label = 'Link to this section';
    const permalink = html` <a class="permalink" href="#${id}" aria-label="${label}">#</a>`;
    return `${permalink.html}${self.renderToken(tokens, index, options)}`;
  };
}

function slugOf(file: string): string {
  return file.replace(/^chapters\//, '').replace(/\.md$/, '');
}
