/** Starts the Python programs of the tests, which talk in lines of JSON. */
import { type ChildProcess, spawn } from 'node:child_process';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { jupyterIsInstalled, venvPython } from '../../src/lab/tools/jupyter.ts';

/** Whether tests that need the `.venv` may be left out: it is not there, and this is not CI. */
export const canSkipPython = !jupyterIsInstalled() && process.env.CI !== 'true';

/** A program that is ready. */
export interface PythonProgram {
  /**
   * What it printed, once it has ended by itself.
   *
   * @throws Error with what else it wrote, when it failed or was ended
   */
  output: Promise<unknown[]>;
  /** Writes lines to its standard input and closes that. */
  input(lines: readonly unknown[]): void;
  /** What it has written so far beside its output. */
  log(): string;
  /** Ends it, unless it has ended already. */
  kill(): void;
}

/** Below the time that a test has, so that the test fails with the words of the program. */
const LONGEST_RUN_MS = 45_000;

/**
 * Starts a program and waits until it says that it is ready, in the first line that it prints.
 *
 * @param script - its file
 * @param args - its arguments
 * @param longestRunMs - it is ended after that time; 0 for never
 * @throws Error as `output` does, when it ends before it is ready
 */
export async function startPython(
  script: URL,
  args: readonly string[],
  longestRunMs = LONGEST_RUN_MS,
): Promise<PythonProgram> {
  const path = fileURLToPath(script);
  const child = spawn(venvPython(), [path, ...args], {
    env: { ...process.env, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' },
    timeout: longestRunMs,
  });
  // What is written to a program that has ended is lost; that it has ended, `output` tells.
  child.stdin.on('error', () => {});
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const printed: unknown[] = [];
  const ready = new Promise<void>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const said = fromJson(line);
      // The core of the SDK logs to standard output.
      if (said === undefined) log += `${line}\n`;
      else if (said === 'ready') resolve();
      else printed.push(said);
    });
  });
  const output = endOf(child).then(
    () => printed,
    (error: Error) => {
      const last = JSON.stringify(printed.at(-1)) ?? 'none';
      throw new Error(
        `${basename(path)} ${error.message}. It had printed ${printed.length} lines, the last: ${last}.\n` +
          `Its log:\n${log.trim() || '(nothing)'}`,
      );
    },
  );
  await Promise.race([ready, output]);
  return {
    output,
    input: (lines) => {
      child.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    },
    log: () => log,
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

/** Resolves when a process ends with 0; everything else is an error that says how it ended. */
function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', ({ message }) => {
      reject(new Error(`did not start (${message}; run: npm run jupyter:install)`));
    });
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(signal ? `was ended by ${signal}` : `ended with code ${code}`));
    });
  });
}

function fromJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
