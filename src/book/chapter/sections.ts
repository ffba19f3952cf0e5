import type { Chapter } from './chapter.js';
import { plainText } from './headings.js';
import { createMarkdown } from './markdown.js';

/** The text under a heading, down to the next one. */
export interface ChapterSection {
  /** Text and id of the heading. */
  title: string;
  id: string;
  /** Its words, without markup and without code blocks. */
  text: string;
}

const markdown = createMarkdown();

/** The sections of a chapter: one a heading, in order. */
export function sectionsOf(chapter: Chapter): ChapterSection[] {
  const tokens = markdown.parse(chapter.lines.join('\n'), {});
  const sections: ChapterSection[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const title = plainText(tokens[index + 1]);
      sections.push({ title, id: String(token.attrGet('id') ?? ''), text: '' });
      continue;
    }
    const section = sections.at(-1);
    if (
      section === undefined ||
      token.type !== 'inline' ||
      tokens[index - 1]?.type === 'heading_open'
    ) {
      continue;
    }
    section.text = `${section.text} ${plainText(token)}`.trim();
  }
  return sections;
}
