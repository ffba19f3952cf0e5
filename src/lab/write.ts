import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a text file so that nobody ever sees half of it, and leaves one alone that already has the
 * content, so that watchers and `git` see only what changed.
 *
 * @param path - absolute path; missing folders are made
 * @returns whether the file changed
 */
export function writeWhole(path: string, text: string): boolean {
  if (contentOf(path) === text) return false;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text);
  renameSync(draft, path);
  return true;
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
