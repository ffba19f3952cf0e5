// Keeps one Temporal server for the process that started this one: starts it again on the same data
// when it dies, and ends it when that process goes away. The server cannot do so itself: whoever is
// killed with SIGKILL runs no handler, and would leave a server behind that holds its ports and data.
import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';

/** A server that was asked to stop, and has open connections, takes a second or two. */
const GRACE_MS = 5_000;
/** Before another start, so that a server that cannot start does not take the whole machine. */
const PAUSE_MS = 200;

const [logFile, binary, ...args] = process.argv.slice(2);
if (!logFile || !binary) throw new Error('usage: keeper <log file> <program> [argument…]');

const log = openSync(logFile, 'w');
/** Until it has answered once, a server that ends is one that cannot run here. */
let hasAnswered = false;
let isEnding = false;
let server = startServer(binary);

function startServer(program: string): ChildProcess {
  const child = spawn(program, args, { stdio: ['ignore', log, log], windowsHide: true });
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.once('spawn', () => process.send?.({ pid: child.pid }));
  child.once('exit', (code) => {
    if (isEnding || !hasAnswered) process.exit(code ?? 1);
    setTimeout(() => {
      if (isEnding) process.exit(0);
      server = startServer(program);
    }, PAUSE_MS);
  });
  return child;
}

function endServer(): void {
  isEnding = true;
  server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), GRACE_MS);
}
process.once('message', () => {
  hasAnswered = true;
});
process.once('disconnect', endServer);
process.once('SIGTERM', endServer);
