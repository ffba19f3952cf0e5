import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { type BookConfig, CONFIG_FILE } from '../config.js';
import { BookError } from '../problem.js';

/** What the cells of a book need beside Node, opened while they are recorded. */
export interface OpenLab {
  /** Variables by which the chapters' processes find it. */
  env: Readonly<Record<string, string>>;
  /** What it consists of: versions by what they are versions of. */
  versions: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** What every cell runs on. */
export const BASE_VERSIONS = { Node: process.versions.node, TypeScript: ts.version };

/**
 * Opens what the book's configuration names as its `lab`: a module whose `open` returns an
 * {@link OpenLab}. A book without one needs Node alone.
 *
 * @throws BookError when there is no such module; and whatever its `open` throws
 */
export async function openLabOf(root: string, { lab }: BookConfig): Promise<OpenLab> {
  if (lab === undefined) return { env: {}, versions: {}, close: async () => {} };
  const { open } = await load(root, lab);
  return open();
}

async function load(root: string, file: string): Promise<{ open(): Promise<OpenLab> }> {
  let reason = 'exports no function `open`';
  try {
    const module: Record<string, unknown> = await import(pathToFileURL(join(root, file)).href);
    if (typeof module.open === 'function') return { open: module.open as () => Promise<OpenLab> };
  } catch (cause) {
    reason = `cannot be loaded: ${cause instanceof Error ? cause.message : cause}`;
  }
  throw new BookError([{ file: CONFIG_FILE, line: 1, message: `\`lab\`: ${file} ${reason}` }]);
}
