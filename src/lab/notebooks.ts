// `npm run notebooks`: JupyterLab on the notebooks of this clone, with a Temporal server and the
// TypeScript kernel ready. Ctrl-C stops what it started.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import getPort, { portNumbers } from 'get-port';
import { inClone } from './clone.js';
import { announce, toStderr } from './progress.js';
import { openServer } from './server/open.js';
import { ensureJupyter } from './tools/jupyter.js';

const HOST = '127.0.0.1';
const FIRST_PORT = 8888;
const LAST_PORT = 8988;
const RETRY_MS = 100;
/** Enough of JupyterLab's log to see why it stopped. */
const LOG_KEPT_CHARS = 4_000;

async function main(): Promise<void> {
  const python = await ensureJupyter(toStderr);
  const server = await openServer({ reuse: false });
  try {
    await runJupyter(python, server.address);
  } finally {
    await server.stop();
  }
}

async function runJupyter(python: string, temporal: string): Promise<void> {
  const port = await getPort({ host: HOST, port: portNumbers(FIRST_PORT, LAST_PORT) });
  const token = randomBytes(24).toString('hex');
  const jupyter = spawn(python, ['-m', 'jupyterlab', ...jupyterOptions(port)], {
    cwd: inClone('notebooks'),
    // The token goes by the environment because command lines are for everybody to read.
    env: { ...process.env, JUPYTER_TOKEN: token, TEMPORAL_ADDRESS: temporal },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C would reach it at once, and make it ask on the terminal whether it is meant.
    detached: true,
  });
  let log = '';
  jupyter.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-LOG_KEPT_CHARS);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    jupyter.once('error', reject);
    jupyter.once('close', resolve);
  });
  let isStopping = false;
  const stop = () => {
    isStopping = true;
    jupyter.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

  const url = `http://${HOST}:${port}/lab?token=${token}`;
  const ready = announce('Starting JupyterLab', () => untilServed(url), toStderr);
  await Promise.race([ready, ended]);
  if (jupyter.exitCode === null && !isStopping) {
    console.log(`Notebooks:  ${url}\nTemporal:   ${temporal}\nStop with Ctrl-C.`);
  }
  const code = await ended;
  if (!isStopping) throw new Error(`JupyterLab ended with code ${code}:\n${log}`);
}

function jupyterOptions(port: number): string[] {
  const options = ['--ip', HOST, '--port', String(port), '--ServerApp.port_retries=0'];
  // Containers run as root, which Jupyter refuses unless told that it is meant.
  if (process.getuid?.() === 0) options.push('--allow-root');
  if (process.env.CI === 'true') options.push('--no-browser');
  return options;
}

async function untilServed(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await pause(RETRY_MS);
  }
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
