import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BookError, type Problem } from '../problem.js';
import type { Chapter, Prose } from './chapter.js';

/** Values that were measured, by their names. */
export type Measurements = ReadonlyMap<string, number>;

/** A number in prose that is said to be measured: `11 ms<!-- =latency/1/p50 -->`. */
export interface Quote {
  /** Its line in the text, from 1. */
  line: number;
  /** The number as it is written, `1,234.5`. */
  text: string;
  /** What it was measured as. */
  name: string;
}

/** A number, at most a few words such as a unit, and the comment that names the measurement. */
const QUOTE = /(\d[\d,]*(?:\.\d+)?)[^\d\n<]{0,24}<!--\s*=(\S+)\s*-->/g;
/** Any comment that means to be one, also where no number stands before it. */
const COMMENT = /<!--\s*=(\S*)\s*-->/g;

/**
 * Reads the file of measurements: `{ "figures": { "latency/1/p50": { "value": 11.2 }, … } }`. A
 * measurement that failed has no value, and cannot be quoted.
 *
 * @throws BookError when the file cannot be read
 */
export function readMeasurements(root: string, file: string): Measurements {
  try {
    const { figures } = JSON.parse(readFileSync(join(root, file), 'utf8')) as {
      figures: Record<string, { value?: number }>;
    };
    const entries = Object.entries(figures).flatMap(([name, { value }]): [string, number][] =>
      typeof value === 'number' ? [[name, value]] : [],
    );
    return new Map(entries);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BookError([{ file, line: 1, message: `cannot be read: ${reason}` }]);
  }
}

/** The numbers of a chapter's prose that are said to be measured. */
export function quotesOf(chapter: Chapter): Quote[] {
  return proseOf(chapter).flatMap(({ markdown, line }) =>
    quotesIn(markdown).map((quote) => ({ ...quote, line: quote.line + line - 1 })),
  );
}

/** Such numbers of a text. */
export function quotesIn(text: string): Quote[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(QUOTE)].map(([, written = '', name = '']) => {
      return { line: index + 1, text: written, name };
    }),
  );
}

/** Quotes of a chapter that are not what was measured. */
export function quoteProblems(chapter: Chapter, measurements: Measurements): Problem[] {
  return proseOf(chapter).flatMap(({ markdown, line }) =>
    quoteProblemsIn(markdown, measurements).map((problem) => ({
      ...problem,
      file: chapter.file,
      line: problem.line + line - 1,
    })),
  );
}

/** Quotes of a text that are not what was measured, by lines of that text. */
export function quoteProblemsIn(text: string, measurements: Measurements): Omit<Problem, 'file'>[] {
  const wrong = quotesIn(text).flatMap(({ line, text: written, name }) => {
    const value = measurements.get(name);
    if (value === undefined)
      return [{ line, message: `quotes \`${name}\`, which was not measured` }];
    const due = inDigitsOf(written, value);
    if (due === written) return [];
    const message = `quotes ${written} for \`${name}\`, which is ${due}`;
    return [{ line, message, hint: 'Read the sentence again; `book excerpts` copies the number.' }];
  });
  return [...wrong, ...strayComments(text)];
}

/** The text with every quote as it was measured, in the digits in which it is written. */
export function requoted(text: string, measurements: Measurements): string {
  return text.replace(QUOTE, (whole, written: string, name: string) => {
    const value = measurements.get(name);
    if (value === undefined) return whole;
    return `${inDigitsOf(written, value)}${whole.slice(written.length)}`;
  });
}

/** A value in as many decimals as a number that stands for it has, thousands set apart by commas. */
function inDigitsOf(written: string, value: number): string {
  const decimals = written.split('.')[1]?.length ?? 0;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString('en-GB', digits);
}

function strayComments(text: string): Omit<Problem, 'file'>[] {
  return text.split('\n').flatMap((line, index) => {
    const stray = [...line.matchAll(COMMENT)].length - [...line.matchAll(QUOTE)].length;
    if (stray === 0) return [];
    const message = 'a `<!-- =… -->` that stands behind no number';
    return [{ line: index + 1, message, hint: 'Write the number, its unit, and the comment.' }];
  });
}

function proseOf({ blocks }: Chapter): Prose[] {
  return blocks.filter((block) => block.kind === 'prose');
}
