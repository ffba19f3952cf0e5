/** Something in the book that must be mended, at the place where an author mends it. */
export interface Problem {
  /** Path relative to the root of the book, with forward slashes. */
  file: string;
  /** Line in that file, from 1. */
  line: number;
  /** What is wrong, in one sentence without its place. */
  message: string;
  /** What to do about it, where that is not obvious. */
  hint?: string;
}

/** `chapters/01-order.md:42: message`, a form that editors and terminals turn into a link. */
export function formatProblem({ file, line, message, hint }: Problem): string {
  const place = `${file}:${line}: ${message}`;
  return hint === undefined ? place : `${place}\n    ${hint}`;
}

/** Thrown when the book cannot be built, recorded or read as it stands. */
export class BookError extends Error {
  override readonly name = 'BookError';

  /** @param problems - all that was found, never empty: an author mends them in one go. */
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
  }
}

/** Orders problems as one reads: by file, then by line. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}
