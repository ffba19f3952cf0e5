import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { inClone } from '../../lab/clone.js';

/** Names, in `assets/`, of the style sheet of every page, and of the picture beside its title. */
export const STYLE_SHEET = 'style.css';
export const ICON = 'favicon.svg';

/** In the order in which they build upon each other. */
const STYLE_SHEETS = [
  'paper.css',
  'layout.css',
  'text.css',
  'code.css',
  'listing.css',
  'tape.css',
  'quiz.css',
  'tools.css',
  'print.css',
  'panel.css',
  'recording.css',
];

/** Scripts of every page, by their names in `assets/`; what they are made from is in `src/book/browser`. */
export const FIRST_SCRIPT = 'first.js';
export const BOOK_SCRIPT = 'book.js';

/** They are the same for every book that a process builds. */
let made: Promise<[string, string][]> | undefined;

/** What lies in `assets/` beside every book, whatever it tells. */
export async function ownAssets(): Promise<Map<string, string>> {
  const read = (name: string) =>
    readFileSync(inClone('src', 'book', 'render', 'assets', name), 'utf8');
  return new Map([
    [STYLE_SHEET, STYLE_SHEETS.map(read).join('\n')],
    [ICON, read(ICON)],
    ...(await scripts()),
  ]);
}

/**
 * Each script in one file, as a page may be opened from a disk, where a browser loads no modules.
 */
function scripts(): Promise<[string, string][]> {
  made ??= bundle();
  return made;
}

async function bundle(): Promise<[string, string][]> {
  const source = (name: string) => inClone('src', 'book', 'browser', name);
  const { outputFiles } = await build({
    entryPoints: [source('first.ts'), source('book.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2023',
    outdir: 'assets',
    write: false,
    // The one of the whole project is for Node.
    tsconfigRaw: {},
  });
  const [first, book] = outputFiles.map(({ text }) => text);
  return [
    [FIRST_SCRIPT, first ?? ''],
    [BOOK_SCRIPT, book ?? ''],
  ];
}
