import type { MarkdownIt } from 'markdown-it';
import { linkTarget } from '../../chapter/links.js';
import { pageFigure } from '../layout.js';
import type { Env } from './env.js';

/** An image of the chapters is beside the pages. What is far down the page is loaded when it comes into sight. */
export function imageRule({ renderer }: MarkdownIt): void {
  renderer.rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const { chapter } = env as Env;
    const target = linkTarget(chapter.file, String(token?.attrGet('src') ?? ''));
    if (target.kind === 'file') token?.attrSet('src', pageFigure(target.file));
    token?.attrSet('loading', 'lazy');
    token?.attrSet('alt', self.renderInlineAsText(token.children ?? [], options, env));
    return self.renderToken(tokens, index, options);
  };
}
