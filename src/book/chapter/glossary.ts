import type { Book } from '../book.js';
import type { Chapter } from './chapter.js';
import { withoutMarkup } from './markdown.js';

/** A word that the book uses with one meaning, and what it says of it. */
export interface Term {
  term: string;
  /** Id of its heading in the glossary. */
  id: string;
  /** The first paragraph under that heading, without markup. */
  text: string;
}

/** The chapter that is the glossary, when the configuration names one. */
export function glossaryChapter({ config, chapters }: Book): Chapter | undefined {
  return chapters.find(({ slug }) => slug === config.glossary);
}

/** The words of a book: the third-level headings of its glossary. */
export function termsOf(glossary: Chapter | undefined): Term[] {
  if (glossary === undefined) return [];
  const { headings, lines } = glossary;
  return headings
    .filter(({ level }) => level === 3)
    .map(({ text, id, line }) => {
      const after = lines.slice(line).findIndex((other) => other.trim() !== '');
      return { term: text, id, text: withoutMarkup(lines[line + after] ?? '') };
    });
}
