import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let root: string | undefined;

/**
 * A path inside this clone of the book.
 *
 * The clone is found from this file, not from the working directory: a notebook kernel runs in
 * `notebooks/`, a test anywhere.
 *
 * @param parts - path segments below the clone's root; none for the root itself
 * @throws Error when this package was copied out of the book's repository
 */
export function inClone(...parts: string[]): string {
  root ??= findRoot(dirname(fileURLToPath(import.meta.url)));
  return join(root, ...parts);
}

/**
 * A path inside `src/dist`, where the compiled modules are. Child processes always run those, even
 * when the caller was itself loaded from source, as in vitest.
 *
 * @param parts - path segments below `src/dist`
 */
export function compiled(...parts: string[]): string {
  return inClone('src', 'dist', ...parts);
}

function findRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string };
      if (name === 'streambook-book') return folder;
    }
    if (folder === dirname(folder)) {
      throw new Error(
        `No Streambook clone above ${start}. streambook/lab runs the book's scenarios and works ` +
          'only inside its repository; clone it and call it from there.',
      );
    }
  }
}
