// Keeps one Temporal server for the process that started this one, and ends it when that process
// goes away. The server cannot do so itself: whoever is killed with SIGKILL runs no handler, and
// would leave a server behind that holds its ports and its data.
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';

/** A server that was asked to stop, and has open connections, takes a second or two. */
const GRACE_MS = 5_000;

const [logFile, binary, ...args] = process.argv.slice(2);
if (!logFile || !binary) throw new Error('usage: keeper <log file> <program> [argument…]');

const log = openSync(logFile, 'w');
const server = spawn(binary, args, { stdio: ['ignore', log, log], windowsHide: true });

server.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
server.once('spawn', () => process.send?.({ pid: server.pid }));
server.once('exit', (code) => process.exit(code ?? 1));

function endServer(): void {
  server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), GRACE_MS);
}
process.once('disconnect', endServer);
process.once('SIGTERM', endServer);
