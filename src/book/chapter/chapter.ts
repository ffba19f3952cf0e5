import type { ExercisePart, Vary } from './fence.js';

/** A chapter as data. Everything carries the line (from 1) of `file` on which it begins. */
export interface Chapter {
  slug: string;
  /** `chapters/01-order.md` */
  file: string;
  /** `1` for `01-order`, `A1` for the appendix `a1-hazards`. */
  number: string;
  /** Text of the first heading. */
  title: string;
  /** Text of the first paragraph: what the chapter is about, shown on the cover too. */
  lede: string;
  headings: Heading[];
  links: Link[];
  /** The whole chapter in order, without a gap. */
  blocks: Block[];
  /** The Markdown, by lines. */
  lines: string[];
}

export interface Heading {
  level: number;
  text: string;
  id: string;
  line: number;
}

export interface Link {
  href: string;
  /** Whether what it leads to is shown in its place. */
  isImage: boolean;
  /** What an image says to who does not see it; of a link, nothing. */
  alt: string;
  line: number;
}

/** What every block has: its first line, and the line after its last, both from 1. */
interface Span {
  line: number;
  endLine: number;
}

export interface Prose extends Span {
  kind: 'prose';
  markdown: string;
}

/** A piece of tested source. */
export interface ExcerptBlock extends Span {
  kind: 'excerpt';
  file: string;
  region: string | undefined;
  code: string;
}

/** TypeScript that is executed in the chapter's one scope. */
export interface Cell extends Span {
  kind: 'cell';
  code: string;
  /** `type` or `name` of the error that it must throw. */
  throws: string | undefined;
  output: Output | undefined;
  /** Which part of which exercise it is, if it is one. */
  exercise: { part: ExercisePart; id: string } | undefined;
  /** Whether it shows the answer of a quiz. */
  isAnswer: boolean;
}

/** A shell command that is executed from the root of the book. */
export interface Command extends Span {
  kind: 'command';
  code: string;
  output: Output | undefined;
}

/** What the cell or command above prints. `…` stands for what varies. */
export interface Output extends Span {
  kind: 'output';
  pattern: string;
  /** What else may differ from run to run although the chapter shows one run's values. */
  vary: Vary | undefined;
}

/** A listing that is only read. */
export interface Listing extends Span {
  kind: 'listing';
  language: string;
  code: string;
}

/** Where the live Run panel of a scenario stands. */
export interface Panel extends Span {
  kind: 'panel';
  scenario: string;
}

/** Where a recorded run is replayed, or drawn as who told whom. */
export interface RecordingBlock extends Span {
  kind: 'recording';
  /** Name of its file, `01-order`. */
  name: string;
  form: 'tape' | 'sequence';
}

/** One end of a `<details>`, which folds away what a reader asks for: the solution of an exercise, the answer of a quiz. */
export interface Fold extends Span {
  kind: 'fold';
  edge: 'open' | 'close';
  /** Empty at the closing end. */
  summary: string;
}

export type Block =
  | Prose
  | ExcerptBlock
  | Cell
  | Command
  | Output
  | Listing
  | Panel
  | RecordingBlock
  | Fold;

/** What a doctest executes, in order. */
export type Runnable = Cell | Command;

/** All cells and commands of a chapter, in order. */
export function runnables(chapter: Chapter): Runnable[] {
  return chapter.blocks.filter((block) => block.kind === 'cell' || block.kind === 'command');
}

/** All cells of a chapter, in order. */
export function cells(chapter: Chapter): Cell[] {
  return chapter.blocks.filter((block) => block.kind === 'cell');
}

/** Whether a cell is folded away; then later cells do not see what it declares. */
export function isFolded({ exercise, isAnswer }: Cell): boolean {
  return isAnswer || exercise?.part === 'solution';
}

/** True for a chapter that has a notebook: one with something to run in it. */
export function hasNotebook(chapter: Chapter): boolean {
  return cells(chapter).length > 0;
}

/** True for the page before the chapters, `00-start`. */
export function isPreface({ number }: Chapter): boolean {
  return number === '0';
}

/** True for a page after the chapters, which tells no story. */
export function isAppendix({ number }: Chapter): boolean {
  return number.startsWith('A');
}

/** All excerpts of a chapter, in order. */
export function excerpts(chapter: Chapter): ExcerptBlock[] {
  return chapter.blocks.filter((block) => block.kind === 'excerpt');
}

/** All places of a chapter where recordings are shown, in order. */
export function recordingBlocks(chapter: Chapter): RecordingBlock[] {
  return chapter.blocks.filter((block) => block.kind === 'recording');
}

/** Path of a chapter's Markdown, relative to the root. */
export function chapterFile(slug: string): string {
  return `chapters/${slug}.md`;
}
