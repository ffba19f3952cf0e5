import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import getPort, { clearLockedPorts, portNumbers } from 'get-port';
import { type Child, startChild } from '../child.js';
import { compiled } from '../clone.js';
import { childEnv } from '../env.js';
import { LabError, reasonOf } from '../errors.js';
import { endProcess, isAlive } from '../tools/process.js';
import { untilItAnswers } from './health.js';
import { databaseIn } from './slot.js';

/** A server that runs on this machine, started by this process. */
export interface EmbeddedServer {
  address: string;
  namespace: string;
  uiUrl: string;
  /** The server's own process: another one after it died and was started again. */
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Limits of a server by their names in Temporal's dynamic configuration, as
 * `{ 'history.maxTotalUpdates': 20 }` (https://docs.temporal.io/references/dynamic-configuration).
 */
export type ServerLimits = Readonly<Record<string, number>>;

/** What {@link startEmbedded} starts. */
export interface EmbeddedOptions {
  /** A Temporal CLI. */
  binary: string;
  /** Where the data and the log are. */
  folder: string;
  /** The gRPC port to take if it is free, as the one that the same data was served on before. */
  preferredPort?: number;
  /** Settings beside the book's own: keys and values of Temporal's dynamic configuration. */
  limits?: ServerLimits;
  /** Told when the server died and runs again, in the process of that id. */
  onRestart?: (pid: number) => void;
}

const HOST = '127.0.0.1';
const NAMESPACE = 'default';
/** Temporal's own defaults, so that its other tools find the server without being told. */
const GRPC_PORT = 7233;
const UI_PORT = 8233;
/** How far to look beside the default port before any port will do. */
const NEIGHBOURS = 100;
/** Reading the program from a cold disk dominates; on a warm one it takes a second. */
const START_TIMEOUT_MS = 60_000;
/** The keeper gives the server five seconds itself. */
const STOP_GRACE_MS = 8_000;
/** Another process can take a port between our looking and the server's binding it. */
const ATTEMPTS = 3;
const LOG_LINES_SHOWN = 12;
/**
 * How far the clocks of a server's machines may be apart: no timer fires sooner than that, by default
 * after a second. This server has one clock, so a timer of 200 ms may take 200 ms.
 */
const CLOCK_SKEW = 'history.timerProcessorMaxTimeShift="10ms"';
/** What the name of a setting looks like; anything else could be an argument of the server. */
const SETTING = /^[a-z][\w.]*$/i;

/**
 * Starts a Temporal server on the data in a folder and waits until it answers.
 *
 * @throws LabError `server-not-started`, with the end of the server's log
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnFreePorts(options);
    } catch (error) {
      const taken = /address already in use|can't set.*port/i.test((error as Error).message);
      if (!taken || attempt === ATTEMPTS) throw error;
    }
  }
}

async function startOnFreePorts(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { binary, folder, preferredPort = GRPC_PORT, limits = {} } = options;
  const port = await freePort(preferredPort, GRPC_PORT);
  const uiPort = await freePort(port + UI_PORT - GRPC_PORT, UI_PORT);
  const logFile = join(folder, 'server.log');
  const address = `${HOST}:${port}`;

  let pid = 0;
  const keeper = await startChild(
    compiled('lab', 'server', 'keeper.js'),
    [logFile, binary, ...serverArguments(port, uiPort, databaseIn(folder), limits)],
    {
      env: childEnv(process.env),
      graceMs: STOP_GRACE_MS,
      onMessage(message) {
        pid = pidIn(message);
        options.onRestart?.(pid);
      },
    },
  );
  pid = pidIn(keeper.ready);
  try {
    await answersBeforeItEnds(address, keeper);
    keeper.send('it answers');
  } catch (error) {
    await keeper.stop();
    throw notStarted(binary, logFile, error);
  }
  // The library would withhold these ports from us for half a minute after the server has gone.
  clearLockedPorts();
  return {
    address,
    namespace: NAMESPACE,
    uiUrl: `http://${HOST}:${uiPort}`,
    get pid() {
      return pid;
    },
    async stop() {
      await keeper.stop();
      // Left behind only if somebody killed the keeper alone.
      if (isAlive(pid)) await endProcess(pid, STOP_GRACE_MS);
    },
  };
}

/** The keeper names the server's process each time that it has started one. */
function pidIn(message: unknown): number {
  return (message as { pid: number }).pid;
}

function serverArguments(
  port: number,
  uiPort: number,
  database: string,
  limits: ServerLimits,
): string[] {
  const settings = [CLOCK_SKEW, ...Object.entries(limits).map(setting)];
  return [
    'server',
    'start-dev',
    ...['--ip', HOST],
    ...['--port', String(port)],
    ...['--ui-port', String(uiPort)],
    ...['--db-filename', database],
    ...['--log-level', 'warn'],
    ...settings.flatMap((each) => ['--dynamic-config-value', each]),
  ];
}

/** @throws LabError `usage` */
function setting([key, value]: [string, number]): string {
  if (SETTING.test(key) && Number.isFinite(value)) return `${key}=${value}`;
  throw new LabError('usage', `"${key}: ${value}" is no limit: give a setting and a number.`);
}

function freePort(preferred: number, first: number): Promise<number> {
  const candidates = [preferred, ...portNumbers(first, first + NEIGHBOURS)];
  return getPort({ host: HOST, port: candidates });
}

async function answersBeforeItEnds(address: string, keeper: Child): Promise<void> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => {
    giveUp.abort(new Error(`it did not answer within ${START_TIMEOUT_MS / 1000} s`));
  }, START_TIMEOUT_MS);
  void keeper.exited.then(() => giveUp.abort(new Error('it ended by itself')));
  try {
    await untilItAnswers(address, NAMESPACE, giveUp.signal);
  } catch (error) {
    throw giveUp.signal.aborted ? giveUp.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

function notStarted(binary: string, logFile: string, cause: unknown): LabError {
  const log = readFileSync(logFile, 'utf8').trim().split('\n').slice(-LOG_LINES_SHOWN).join('\n');
  return new LabError(
    'server-not-started',
    `The Temporal server ${binary} did not start: ${reasonOf(cause)}.\n` +
      `The end of its log, ${logFile}:\n${log}\n` +
      'If the log speaks of the database, remove the folder of the log and run the command again.',
    { cause },
  );
}
