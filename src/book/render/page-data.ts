import type { Recording } from '../../draw/recording.js';

/** A section of the book, or a name in its code, as the search of a page finds it. */
export interface Section {
  id: number;
  /** Address, from a page of the book. */
  href: string;
  title: string;
  /** Where it is: number and title of the chapter, or the file. */
  place: string;
  text: string;
}

/** What the glossary says of a word, by the id of its heading. */
export type Glossary = Record<string, { term: string; text: string }>;

/** What a page tells of the names in its code, as they count them. */
export type Types = readonly { type: string; about: string }[];

/** Recorded runs, by their names; a page loads the one that a reader plays. */
export type Recordings = Record<string, Recording>;

/** A cell, taken apart so that a program can be made of it. */
export interface CellParts {
  /** Its id on the page. */
  id: string;
  /** Its imports, one name each. */
  imports: string[];
  /** All but its imports. */
  body: string;
  /** Whether later cells may need it. */
  isSetUp: boolean;
  /** Statements of later cells that close what it declares, `await lab.close();`. */
  closes: string[];
}
