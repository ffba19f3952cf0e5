import type { Checked } from '../../lab/exercise.js';
import type { ShownFigure } from '../../lab/show.js';

/** What the doctest says to the process that runs a chapter's cells. */
export type Request =
  | { type: 'run'; moduleUrl: string }
  /** Check the answer that an exercise has been given. */
  | { type: 'check'; id: string }
  /** The chapter is over: wait for what it left in the background, then report and exit. */
  | { type: 'finish' };

/** What that process answers, one answer a request. */
export type Answer =
  | ({ type: 'ran' } & Ran)
  | ({ type: 'checked' } & Judged)
  | { type: 'finished'; lost: Thrown[] };

/** What the check of an exercise said about its answer. */
export interface Judged {
  checked: Checked;
  /** Rejections and exceptions of the answer that nobody awaited or caught. */
  lost: Thrown[];
}

/** What came of one cell. */
export interface Ran {
  /** What it wrote to standard output, as text. */
  stdout: string;
  stderr: string;
  /** What it threw, if it did. */
  thrown?: Thrown;
  /** Rejections that nobody awaited and exceptions that nobody caught, noticed while it ran. */
  lost: Thrown[];
  /** What it drew, in order. */
  figures: ShownFigure[];
}

/** An error, in a form that survives the way between two processes. */
export interface Thrown {
  name: string;
  /** What some errors carry beside a name, which says more than that. */
  type?: string;
  message: string;
  /** Frames in cells name the chapter and its line. */
  stack: string;
}
