import type { MarkdownIt, Token } from 'markdown-it';
import { glossaryChapter, type Term, termsOf } from '../../chapter/glossary.js';
import { pageName } from '../layout.js';
import type { Env } from './env.js';

/**
 * The first time that a chapter uses a word of the glossary in passing, it becomes a link to what the
 * glossary says of it. Not in headings and links, and not where the chapter explains the word itself.
 */
export function termRule(markdown: MarkdownIt): void {
  markdown.core.ruler.push('terms', (state) => {
    const { book, chapter } = state.env as Env;
    const glossary = glossaryChapter(book);
    if (glossary === undefined || glossary === chapter) return;
    const page = pageName(glossary.slug);
    const terms = termsOf(glossary).filter(({ term }) => !isExplained(term, state.tokens));
    const wanted = new Set(terms.map(wantedWord));
    for (const [index, token] of state.tokens.entries()) {
      if (token.type !== 'inline' || state.tokens[index - 1]?.type === 'heading_open') continue;
      let depth = 0;
      token.children = (token.children ?? []).flatMap((child) => {
        if (/^(link|strong)_/.test(child.type)) depth += child.nesting;
        return child.type === 'text' && depth === 0
          ? linked(child, wanted, page, state.Token)
          : [child];
      });
    }
  });
}

/** Whether a chapter explains a word itself, which it then sets in bold type. */
function isExplained(term: string, tokens: readonly Token[]): boolean {
  return tokens.some(({ children }) =>
    children?.some(
      ({ type }, index) =>
        type === 'strong_open' &&
        children[index + 1]?.content.toLowerCase().replace(/s$/, '') === term.toLowerCase(),
    ),
  );
}

/**
 * What may stand before a word so that it is a noun: many of the words are verbs as well, and `run it`
 * speaks of no run.
 */
const BEFORE_NOUN =
  '\\b(?:an?|the|each|every|its|their|our|your|one|no|this|that|another|by|of|per) ';

/** A word that is looked for. */
interface Wanted {
  id: string;
  /** What a text must contain, in small letters: asked first, since it is much faster than the pattern. */
  word: string;
  /** The word in the singular or the plural. */
  pattern: RegExp;
}

function wantedWord({ term, id }: Term): Wanted {
  const words = term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[ -]');
  const before = term.includes(' ') ? '\\b' : `(?<=${BEFORE_NOUN})`;
  const [word = ''] = term.toLowerCase().split(' ');
  return { id, word, pattern: new RegExp(`${before}${words}s?\\b`, 'i') };
}

function linked(text: Token, wanted: Set<Wanted>, page: string, TokenClass: typeof Token): Token[] {
  const lower = text.content.toLowerCase();
  for (const each of wanted) {
    const match = lower.includes(each.word) ? each.pattern.exec(text.content) : null;
    if (match === null) continue;
    wanted.delete(each);
    const part = (content: string): Token =>
      Object.assign(new TokenClass('text', '', 0), { content });
    const open = new TokenClass('term_open', 'a', 1);
    open.attrs = [
      ['class', 'term'],
      ['href', `${page}#${each.id}`],
    ];
    const end = match.index + match[0].length;
    return [
      ...linked(part(text.content.slice(0, match.index)), wanted, page, TokenClass),
      open,
      part(match[0]),
      new TokenClass('term_close', 'a', -1),
      ...linked(part(text.content.slice(end)), wanted, page, TokenClass),
    ];
  }
  return [text];
}
