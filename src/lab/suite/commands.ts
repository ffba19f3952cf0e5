import { spawn } from 'node:child_process';
import { inClone } from '../clone.js';
import type { KindResult } from './tally.js';

/** A check that is one command: it passes as a whole or fails as a whole. */
export interface Command {
  kind: string;
  /** Arguments of Node: a script, and its own arguments. */
  args: string[];
}

/** TypeScript's compiler, by its path: `.bin/tsc` may be that of tslab, which is years older. */
export const types: Command = {
  kind: 'types',
  args: [inClone('node_modules', 'typescript', 'bin', 'tsc'), '-b', '--pretty'],
};

/** Biome does not notice by itself that its output goes into a file. */
const colours = process.stdout.isTTY ? [] : ['--colors=off'];

/** Formatter and linter in one. */
export const lint: Command = {
  kind: 'lint',
  args: [
    inClone('node_modules', '@biomejs', 'biome', 'bin', 'biome'),
    'ci',
    '--error-on-warnings',
    ...colours,
  ],
};

/** The book's own checks: excerpts, links, notebooks that drifted. */
export const book: Command = {
  kind: 'book',
  args: [inClone('src', 'dist', 'book', 'cli.js'), 'check'],
};

/** Runs a command of Node's with its output shown, and returns its exit code. */
export function runNode(args: readonly string[], env = process.env): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: inClone(), env, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', resolve);
  });
}

/** Runs a check that is one command. */
export async function runCommand({ kind, args }: Command): Promise<KindResult> {
  const started = Date.now();
  const code = await runNode(args);
  const seconds = (Date.now() - started) / 1000;
  const passed = code === 0 ? 1 : 0;
  return { kind, passed, failed: 1 - passed, skipped: 0, seconds, notes: [] };
}
