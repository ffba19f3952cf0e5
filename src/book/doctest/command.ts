import { spawn } from 'node:child_process';

/** What came of a command. */
export interface CommandRun {
  stdout: string;
  stderr: string;
  /** Exit code; `undefined` when it was ended because it took too long. */
  exitCode: number | undefined;
}

/**
 * Runs what a reader would type, from the root of the book, in a POSIX shell that stops at the first
 * failing line. npm's own banner is silenced: it is no output of the command.
 *
 * @param root - folder in which the command runs
 * @param script - one or more lines of shell
 * @param timeoutMs - after this many milliseconds the command and all it started are ended
 */
export function runCommand(root: string, script: string, timeoutMs = 60_000): Promise<CommandRun> {
  const env = {
    ...process.env,
    npm_config_loglevel: 'silent',
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
  };
  const child = spawn('sh', ['-ec', script], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: npm starts a shell that starts Node, and all three must end.
    detached: true,
  });
  const run: CommandRun = { stdout: '', stderr: '', exitCode: undefined };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    run.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    run.stderr += text;
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => process.kill(-Number(child.pid), 'SIGKILL'), timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ ...run, exitCode: exitCode ?? undefined });
    });
  });
}
