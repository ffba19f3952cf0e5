import type { MarkdownIt } from 'markdown-it';
import type { RenderRule } from './env.js';

/**
 * A table that is wider than the text scrolls on its own, and takes the focus so that keys can scroll it.
 * How a column is aligned becomes a class, since the pages' content security policy allows no `style`.
 */
export function tableRule({ renderer }: MarkdownIt): void {
  const { rules } = renderer;
  rules.table_open = () =>
    '<div class="table" tabindex="0" role="region" aria-label="Table"><table>\n';
  rules.table_close = () => '</table></div>\n';
  rules.th_open = alignedByClass;
  rules.td_open = alignedByClass;
}

const alignedByClass: RenderRule = (tokens, index, options, _env, self) => {
  const token = tokens[index];
  const side = /text-align:(\w+)/.exec(String(token?.attrGet('style') ?? ''))?.[1];
  if (token && side) token.attrs = [['class', `align-${side}`]];
  return self.renderToken(tokens, index, options);
};
