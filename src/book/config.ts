import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BookError, type Problem } from './problem.js';

/** The file that says which chapters make the book, in which order. */
export const CONFIG_FILE = 'book.config.json';

/** The number of a chapter, then words. */
const NAME = /^(\d\d|a\d)-[a-z0-9-]+$/;

/** What `book.config.json` holds. */
export interface BookConfig {
  title: string;
  subtitle: string;
  parts: BookPart[];
  /** Names that a chapter may put into a `<!-- panel name -->` comment. */
  scenarios: string[];
  /** Commands that print a recording each, by the names of the recordings: see `recordings.ts`. */
  recordings?: Record<string, string>;
  /** Source files of which the numbered chapters show every line, once. */
  core?: string[];
  /** The file of measurements that prose quotes: see `quotes.ts`. */
  measurements?: string;
  /** Slug of the chapter whose third-level headings are the book's words. */
  glossary?: string;
  /** The module that opens what the cells need, relative to the root: see `record/lab.ts`. */
  lab?: string;
  /** Where the sources can be looked at; without it captions are no links. */
  repository?: Repository;
}

export interface BookPart {
  title: string;
  chapters: ChapterEntry[];
}

/** A chapter's place in the book. Its text is `chapters/<slug>.md`. */
export interface ChapterEntry {
  /** A number and a name, `01-order` or, in the appendix, `a1-hazards`: name of file, page and notebook. */
  slug: string;
  title: string;
}

export interface Repository {
  /** Address of a file is this, then the path: `https://host/owner/name/blob/main`. */
  files: string;
}

/**
 * Reads and validates `book.config.json`.
 *
 * @param root - folder that holds the file
 * @throws BookError naming every field that is missing or of the wrong kind
 */
export function loadConfig(root: string): BookConfig {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(root, CONFIG_FILE), 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BookError([problem(`cannot be read: ${reason}`)]);
  }
  const problems = mistakesIn(value).map(problem);
  if (problems.length > 0) throw new BookError(problems);
  return value as BookConfig;
}

/** All chapters in reading order. */
export function chapterEntries(config: BookConfig): ChapterEntry[] {
  return config.parts.flatMap((part) => part.chapters);
}

/** Every way in which a parsed `book.config.json` is not a {@link BookConfig}, as sentences. */
export function mistakesIn(config: unknown): string[] {
  if (!isRecord(config)) return ['must be an object'];
  const mistakes = ['title', 'subtitle']
    .filter((field) => !isText(config[field]))
    .map((field) => `\`${field}\` must be a text`);
  const { parts, scenarios, recordings, core, measurements, glossary, lab, repository } = config;
  if (!Array.isArray(scenarios) || !scenarios.every(isText)) {
    mistakes.push('`scenarios` must be a list of names');
  }
  if (
    recordings !== undefined &&
    !(isRecord(recordings) && Object.entries(recordings).every(isNamed))
  ) {
    mistakes.push('`recordings` must have a command for each name such as "01-order"');
  }
  if (core !== undefined && !(Array.isArray(core) && core.every(isText))) {
    mistakes.push('`core` must be a list of files');
  }
  if (measurements !== undefined && !isText(measurements)) {
    mistakes.push('`measurements` must be a file');
  }
  if (glossary !== undefined && !isText(glossary)) {
    mistakes.push('`glossary` must be the slug of a chapter');
  }
  if (lab !== undefined && !isText(lab)) {
    mistakes.push('`lab` must be a file');
  }
  if (repository !== undefined && !(isRecord(repository) && isText(repository.files))) {
    mistakes.push('`repository.files` must be an address');
  }
  if (!Array.isArray(parts)) return [...mistakes, '`parts` must be a list'];
  return [...mistakes, ...parts.flatMap(mistakesInPart), ...repeatedSlugs(parts)];
}

function mistakesInPart(part: unknown, index: number): string[] {
  if (!isRecord(part) || !isText(part.title) || !Array.isArray(part.chapters)) {
    return [`part ${index + 1} must have a \`title\` and a list of \`chapters\``];
  }
  return part.chapters
    .filter((chapter) => !isChapterEntry(chapter))
    .map((chapter) => {
      const shown = JSON.stringify(chapter);
      return `chapter ${shown} must have a \`title\` and a \`slug\` such as "01-order"`;
    });
}

function repeatedSlugs(parts: unknown[]): string[] {
  const slugs = parts
    .flatMap((part) => (isRecord(part) && Array.isArray(part.chapters) ? part.chapters : []))
    .filter(isChapterEntry)
    .map(({ slug }) => slug);
  const repeated = slugs.filter((slug, index) => slugs.indexOf(slug) !== index);
  return repeated.map((slug) => `chapter "${slug}" is listed twice`);
}

function isChapterEntry(value: unknown): value is ChapterEntry {
  return isRecord(value) && isText(value.title) && isText(value.slug) && NAME.test(value.slug);
}

function isNamed([name, command]: [string, unknown]): boolean {
  return NAME.test(name) && isText(command);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function problem(message: string): Problem {
  return { file: CONFIG_FILE, line: 1, message };
}
