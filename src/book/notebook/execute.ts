import { execFile } from 'node:child_process';
import { inClone } from '../../lab/clone.js';
import { venvPython } from '../../lab/tools/jupyter.js';
import { outputDiff, outputMatches } from '../record/output.js';
import type { GeneratedCell } from './generate.js';

/** What came of a code cell in the kernel; one line of `scripts/execute_notebook.py`. */
export interface ExecutedCell {
  /** Place among all cells of the notebook, from 0. */
  index: number;
  id: string;
  stdout: string;
  stderr: string;
  /** Media types of what it has shown besides text, as `image/svg+xml`. */
  displayed: string[];
  ok: boolean;
}

/**
 * Executes a notebook in the stock kernel, in a process of Jupyter's own. Needs the `.venv` of
 * `npm run jupyter:install`.
 *
 * @param path - absolute path of the notebook, in whose folder the kernel starts
 * @returns the code cells that were reached; after one that fails there is no other
 * @throws Error with the words of Python when the notebook could not be executed at all
 */
export function executeNotebook(path: string): Promise<ExecutedCell[]> {
  const script = inClone('scripts', 'execute_notebook.py');
  return new Promise((resolve, reject) => {
    execFile(venvPython(), [script, path], (error, stdout, stderr) => {
      const executed = stdout.split('\n').filter((line) => line !== '');
      if (error !== null && executed.length === 0) reject(new Error(stderr || error.message));
      else resolve(executed.map((line): ExecutedCell => JSON.parse(line)));
    });
  });
}

/**
 * Compares what a cell did in the kernel with what the chapter says about it.
 *
 * @param file - path of the chapter
 * @returns `undefined` when it did the same, else what is wrong
 */
export function judgeExecuted(
  file: string,
  { from, prints, line }: GeneratedCell,
  executed: ExecutedCell | undefined,
): string | undefined {
  const place = `${file}:${from?.output?.line ?? line}`;
  if (executed === undefined) return `${place}: was not executed, because an earlier cell failed`;
  if (!executed.ok) return `${place}: failed in the notebook\n${executed.stderr}`;
  if (/Unhandled|Uncaught/.test(executed.stderr)) {
    return `${place}: rejected in the background of the notebook\n${executed.stderr}`;
  }
  const expected = prints ??
    from?.output ?? { pattern: printedUnshown(from?.throws), vary: undefined };
  if (outputMatches(expected, executed.stdout)) return undefined;
  return `${place}: prints something else in the notebook (- chapter, + kernel)\n${outputDiff(expected, executed.stdout)}`;
}

/** What a cell without an output in the chapter prints: nothing, or the error that it must throw. */
function printedUnshown(throws: string | undefined): string {
  return throws === undefined ? '' : `…\n${throws}: …`;
}
