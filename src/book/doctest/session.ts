import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inClone } from '../../lab/clone.js';
import { type CompiledCell, type CompiledChapter, cellFolder } from './compile.js';
import type { Answer, Judged, Ran, Request, Thrown } from './protocol.js';

/** A process that runs the cells of one chapter, in order, in one scope. */
export interface Session {
  /**
   * Runs a cell.
   *
   * @throws SessionLost when the cell ended the process or did not finish in time
   */
  run(cell: CompiledCell): Promise<Ran>;
  /**
   * Checks the answer that an exercise has been given.
   *
   * @throws SessionLost as `run` does
   */
  check(id: string): Promise<Judged>;
  /** Ends the chapter and tells what was rejected or thrown in the background since the last cell. */
  finish(): Promise<Thrown[]>;
  /** Ends the process whatever it does, and removes its files. */
  close(): void;
}

/** The process that runs a chapter is gone, or was ended because it hung. */
export class SessionLost extends Error {
  override readonly name = 'SessionLost';
}

/** Options of {@link openSession}. */
export interface SessionOptions {
  /**
   * How long a cell may take, in milliseconds.
   * @defaultValue 60,000
   */
  cellTimeoutMs?: number;
}

/**
 * Starts a process for a chapter's cells. It inherits the environment, in which cells find what they need.
 *
 * @param root - folder that holds the book
 * @param compiled - the chapter's cells
 */
export function openSession(
  root: string,
  compiled: CompiledChapter,
  { cellTimeoutMs = 60_000 }: SessionOptions = {},
): Session {
  const folder = writeModules(root, compiled);
  const child = fork(inClone('src', 'dist', 'book', 'doctest', 'runner.js'), {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    // What cells print comes with the answers. The pipe hears only what a crash of Node itself says.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2_000);
  });
  const ask = (request: Request) =>
    askChild(child, request, cellTimeoutMs).catch((error: SessionLost) => {
      throw new SessionLost([error.message, lastWords].join('\n').trimEnd());
    });
  return {
    async run(cell) {
      const moduleUrl = pathToFileURL(join(folder, moduleName(cell))).href;
      const answer = await ask({ type: 'run', moduleUrl });
      if (answer.type !== 'ran') throw new SessionLost('the chapter ended before its cell');
      return answer;
    },
    async check(id) {
      const answer = await ask({ type: 'check', id });
      if (answer.type !== 'checked') throw new SessionLost('the chapter ended before its check');
      return answer;
    },
    async finish() {
      const answer = await ask({ type: 'finish' });
      return answer.type === 'finished' ? answer.lost : [];
    },
    close() {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A folder of its own for every run, so that two at once do not overwrite each other's modules. */
function writeModules(root: string, { chapter, cells }: CompiledChapter): string {
  const parent = cellFolder(root, chapter);
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'run-'));
  for (const cell of cells) {
    const { js, map } = cell.emit();
    writeFileSync(join(folder, moduleName(cell)), js);
    writeFileSync(join(folder, `${moduleName(cell)}.map`), map);
  }
  return folder;
}

function moduleName({ fileName }: CompiledCell): string {
  return fileName.replace('.mts', '.mjs');
}

function askChild(child: ChildProcess, request: Request, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (settled: () => void) => {
      clearTimeout(timer);
      child.off('message', onAnswer);
      child.off('exit', onExit);
      settled();
    };
    const lose = (reason: string) => settle(() => reject(new SessionLost(reason)));
    const onAnswer = (answer: Answer) => settle(() => resolve(answer));
    const onExit = (code: number | null, signal: string | null) =>
      lose(`the process ended (${signal ?? `exit code ${code}`}) before the cell did`);
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      lose(`did not finish within ${timeoutMs / 1_000} s`);
    }, timeoutMs);
    child.on('message', onAnswer);
    child.on('exit', onExit);
    if (!child.connected) return lose('the process has ended in an earlier cell');
    child.send(request);
  });
}
