import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import type { Book } from '../../src/book/book.ts';
import type { Chapter } from '../../src/book/chapter/chapter.ts';
import { chapterOf } from '../../src/book/source/origin.ts';
import { chapterNumber } from '../../src/book/source/placement.ts';
import { asOf } from './strip.ts';

/** Folders of `src` that make the book and are not what it tells. */
const NOT_TOLD = ['book', 'web', 'dist'];
/** What measures the stream, and what it measured: for the chapters that print it. */
const BENCH = 'bench';

/** What the lab and its bundler look for at the root of a clone. */
const ROOT_FILES = ['package.json', 'package-lock.json', 'tsconfig.base.json'];

/** The clone's own package, which a checkpoint has its own copy of. */
const OWN_PACKAGE = 'streambook';

/**
 * Writes the code as a reader has it at the end of a chapter: the stream without what later chapters
 * add, and the scenarios up to that chapter. It is a small clone of its own, with the installed
 * packages of this one, in which the chapter's cells can be compiled and run.
 *
 * @returns the root of that clone
 */
export function writeCheckpoint(book: Book, chapter: Chapter): string {
  const root = join(book.root, '.streambook', 'checkpoints', chapter.slug);
  const number = chapterNumber(chapter);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  for (const file of ROOT_FILES) cpSync(join(book.root, file), join(root, file));
  const isMeasured = chapter.lines.some((line) => line.includes(`${OWN_PACKAGE}/${BENCH}`));
  if (isMeasured) cpSync(join(book.root, BENCH), join(root, BENCH), { recursive: true });
  const left = [...NOT_TOLD, ...(isMeasured ? [] : [BENCH]), ...laterScenarios(book, number)].map(
    (name) => join(book.root, 'src', name),
  );
  cpSync(join(book.root, 'src'), join(root, 'src'), {
    recursive: true,
    filter: (path) => !left.includes(path),
  });
  for (const path of globSync('src/**/*.ts', { cwd: root, absolute: true })) {
    writeFileSync(path, asOf(readFileSync(path, 'utf8'), number));
  }
  linkPackages(book.root, root);
  return root;
}

/**
 * Compiles a checkpoint.
 *
 * @returns what the compiler has against it, an empty text when it compiles
 */
export function compileCheckpoint(bookRoot: string, root: string): Promise<string> {
  const tsc = join(bookRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-b', 'src'], { cwd: root }, (error, stdout, stderr) => {
      resolve(error === null ? '' : stdout || stderr || error.message);
    });
  });
}

/** A chapter's cells alone: its commands are those of the whole clone. */
export function cellsOnly(chapter: Chapter): Chapter {
  return { ...chapter, blocks: chapter.blocks.filter(({ kind }) => kind !== 'command') };
}

/** Scenarios whose chapter is still to come. */
function laterScenarios({ config, chapters }: Book, number: number): string[] {
  return config.scenarios.filter((name) => {
    const own = chapterOf(chapters, name);
    return own === undefined || chapterNumber(own) > number;
  });
}

function linkPackages(from: string, to: string): void {
  const packages = join(to, 'node_modules');
  mkdirSync(packages);
  for (const name of readdirSync(join(from, 'node_modules'))) {
    if (name.startsWith('.') || name === OWN_PACKAGE) continue;
    symlinkSync(join(from, 'node_modules', name), join(packages, name), 'junction');
  }
  symlinkSync(join(to, 'src'), join(packages, OWN_PACKAGE), 'junction');
}
