import type { MarkdownIt } from 'markdown-it';
import { html } from '../html.js';

/** A heading ends with a link to itself. */
export function headingRule({ renderer }: MarkdownIt): void {
  renderer.rules.heading_close = (tokens, index, options, _env, self) => {
    const id = tokens[index - 2]?.attrGet('id') ?? '';
    const label = `Link to this section: ${tokens[index - 1]?.content ?? ''}`;
    const permalink = html` <a class="permalink" href="#${id}" aria-label="${label}">#</a>`;
    return `${permalink.html}${self.renderToken(tokens, index, options)}`;
  };
}
