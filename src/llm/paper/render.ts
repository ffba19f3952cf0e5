/** What to write when an answer has moved on. */
import type { Answer } from '../answer.js';

/** What an answer is written on. Each function returns what to send to the terminal, or into the file. */
export interface Paper {
  /** The next piece of text. */
  add(text: string): string;
  /** A line of its own, when nothing more of this attempt will come. */
  note(line: string): string;
  /** A line of its own, in the middle of an answer that may go on. */
  aside(line: string): string;
  /** Goes back to where the answer began, if that can be done, and puts a mark there. */
  rewind(mark: string): string;
  /** Leaves an empty line after the answer. */
  end(): string;
}

// #region render
/** Writes what has changed between two states of an answer. */
export function render(paper: Paper, before: Answer, after: Answer): string {
  let written = '';
  let from = before.text.length;
  if (after.attempt > before.attempt && before.attempt > 0) {
    written += paper.rewind(markOf(`attempt ${after.attempt}: starting again`));
    from = 0;
  }
  if (after.text.length > from) written += paper.add(after.text.slice(from));
  if (after.status === 'interrupted' && before.status !== 'interrupted') {
    written += paper.note(markOf(`${after.reason} Trying again …`));
  }
  return written;
}

/** A line that is told from the answer's text. */
export function markOf(text: string): string {
  return `── ${text} ──`;
}
// #endregion render
