import type { MarkdownIt } from 'markdown-it';
import { blockAt, type Env } from './env.js';
import type { DrawBlock } from './fence.js';

/** A comment that stands for something is drawn as that; any other HTML is the author's own. */
export function htmlBlockRule({ renderer }: MarkdownIt, draw: DrawBlock): void {
  renderer.rules.html_block = (tokens, index, _options, env) => {
    const token = tokens[index];
    const block = blockAt(env as Env, token?.map);
    const drawn = block && draw(block, env as Env);
    return drawn?.html ?? token?.content ?? '';
  };
}
