import type { Book } from '../book.js';
import { hasNotebook } from '../chapter/chapter.js';
import { glossaryChapter, termsOf } from '../chapter/glossary.js';
import { cellParts } from '../chapter/program.js';
import { sectionsOf } from '../chapter/sections.js';
import { readRecording, shownRecordings } from '../record/recordings.js';
import { type BookSymbol, symbolsOf } from '../source/symbols.js';
import type { BookTypes } from '../types/cache.js';
import { pageName } from './layout.js';
import type { Glossary, Section, Types } from './page-data.js';

/** What pages load when a reader asks for it: scripts in `assets/` that hold data alone. */
export function dataScripts(book: Book, types: BookTypes): Map<string, string> {
  const typeScripts = [...types].map(([slug, { texts }]): [string, string] => [
    `types-${slug}.js`,
    `globalThis.bookTypes=${JSON.stringify(texts satisfies Types)};\n`,
  ]);
  const cellScripts = book.chapters
    .filter(hasNotebook)
    .map((chapter): [string, string] => [
      `cells-${chapter.slug}.js`,
      `globalThis.bookCells=${JSON.stringify(cellParts(chapter))};\n`,
    ]);
  const recordingScripts = shownRecordings(book.chapters).map((name): [string, string] => [
    `recording-${name}.js`,
    `(globalThis.bookRecordings??={})["${name}"]=${JSON.stringify(readRecording(book.root, name))};\n`,
  ]);
  return new Map([
    ...typeScripts,
    ...cellScripts,
    ...recordingScripts,
    ['sections.js', `globalThis.bookSections=${JSON.stringify(searched(book))};\n`],
    ['glossary.js', `globalThis.bookGlossary=${JSON.stringify(glossaryOf(book))};\n`],
  ]);
}

/** Everything that the search finds: sections in reading order, then the names in the code. */
function searched({ chapters }: Book): Section[] {
  const sections = chapters.flatMap((chapter) =>
    sectionsOf(chapter).map(({ title, id, text }) => ({
      href: `${pageName(chapter.slug)}#${id}`,
      title,
      place: `${chapter.number} ${chapter.title}`,
      text,
    })),
  );
  const symbols = symbolsOf(chapters).map((symbol) => ({
    href: symbolHref(symbol),
    title: symbol.name,
    place: `${symbol.kind} in ${symbol.file}`,
    text: '',
  }));
  return [...sections, ...symbols].map((entry, id) => ({ id, ...entry }));
}

/** Where the excerpt is that declares a name. */
export function symbolHref({ chapter, blockId }: BookSymbol): string {
  return `${pageName(chapter.slug)}#${blockId}`;
}

function glossaryOf(book: Book): Glossary {
  const terms = termsOf(glossaryChapter(book));
  return Object.fromEntries(terms.map(({ id, term, text }) => [id, { term, text }]));
}
