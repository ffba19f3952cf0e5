/** An answer in a pipe or a file, where what was written stays. */
import { printable } from './printable.js';
import type { Paper } from './render.js';

// #region pipe-paper
/** Writes text as it comes, and never takes it back: the answer is what stands after the last mark. */
export function pipePaper(): Paper {
  let atLineStart = true;
  /** Lines that would stand in the middle of the answer, if it should go on. */
  let held = '';
  const add = (text: string): string => {
    const written = printable(text);
    if (written !== '') atLineStart = written.endsWith('\n');
    return written;
  };
  const note = (line: string): string => add(`${atLineStart ? '' : '\n'}${line}\n`);
  const release = (line: string): string => {
    const written = note(`${held}${line}`);
    held = '';
    return written;
  };
  return {
    add,
    note,
    aside(line) {
      held += `${line}\n`;
      return '';
    },
    rewind: release,
    end: () => release(''),
  };
}
// #endregion pipe-paper
