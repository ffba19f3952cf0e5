import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Folder of the `streambook` package: `src` in a clone. The same whether this file runs compiled or not. */
const PACKAGE = dirname(createRequire(import.meta.url).resolve('streambook/package.json'));

/** Path of a compiled file: `book/doctest/runner.js` is `src/dist/book/doctest/runner.js`. */
export function compiledFile(path: string): string {
  return join(PACKAGE, 'dist', path);
}

/** Path of a file that is not compiled, such as a style sheet. */
export function sourceFile(path: string): string {
  return join(PACKAGE, path);
}
