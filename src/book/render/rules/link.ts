import type { MarkdownIt } from 'markdown-it';
import { linkTarget } from '../../chapter/links.js';
import { pageName } from '../layout.js';
import type { Env } from './env.js';

/** A link to a chapter leads to its page; one to a file leads to the repository, if the book knows where it is. */
export function linkRule({ renderer }: MarkdownIt): void {
  renderer.rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const { chapter, book } = env as Env;
    const target = linkTarget(chapter.file, String(token?.attrGet('href') ?? ''));
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

function slugOf(file: string): string {
  return file.replace(/^chapters\//, '').replace(/\.md$/, '');
}
