import type { MarkdownIt } from 'markdown-it';
import type { Block } from '../../chapter/chapter.js';
import { drawListing } from '../figures.js';
import type { Highlight } from '../highlight.js';
import type { Html } from '../html.js';
import { blockAt, type Env } from './env.js';

/** Draws a block of a chapter. */
export type DrawBlock = (block: Block, env: Env) => Html | undefined;

/** A fence is drawn as the role that its info string declares. */
export function fenceRule({ renderer }: MarkdownIt, draw: DrawBlock, highlight: Highlight): void {
  renderer.rules.fence = (tokens, index, _options, env) => {
    const token = tokens[index];
    const block = blockAt(env as Env, token?.map);
    const drawn = block && draw(block, env as Env);
    if (drawn) return drawn.html;
    // A listing inside a list or a quote is no block of the chapter, only part of its prose.
    const [language, code] = [token?.info ?? '', token?.content.trimEnd() ?? ''];
    return drawListing({ language, code }, highlight).html;
  };
}
