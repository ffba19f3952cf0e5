import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabError, reasonOf } from '../errors.js';
import { type Progress, toStderr } from '../progress.js';
import { cacheFolder } from './binary.js';
import type { ServerLimits } from './embedded.js';
import { type FoundBinary, findBinary } from './find.js';
import { ask } from './health.js';
import { openLocal } from './local.js';
import { type RemoteServer, remoteServer } from './remote.js';
import { slotFolders } from './slot.js';
import { temporalSources } from './sources.js';
import type { TemporalServer } from './types.js';

/** How {@link openServer} goes about it. */
export interface ServerOptions {
  /**
   * Folder with the data of an embedded server, made if it is missing.
   * @defaultValue the first free one of `.streambook/server-1`, `server-2`, … in the clone
   */
  dataDir?: string;
  /**
   * Whether a server that this clone runs already will do. Its owner may stop it at any time, so
   * whoever must outlive others says `false`.
   * @defaultValue `true`
   */
  reuse?: boolean;
  /**
   * Limits of a server of one's own: it is started on this machine whatever the environment names,
   * is shared with nobody, and its data are removed with it.
   * @defaultValue those of the server that is found
   */
  limits?: ServerLimits;
  /** Receives a line for what takes over a second. @defaultValue to standard error */
  onProgress?: Progress;
  /**
   * Names the server and the sources: `TEMPORAL_*` as in Temporal's own tools,
   * `STREAMBOOK_SERVER_SOURCES`, and the `PATH`.
   * @defaultValue the environment of this process
   */
  env?: NodeJS.ProcessEnv;
}

const REMOTE_TIMEOUT_MS = 10_000;
/** Where a server with limits of its own goes first: not where Temporal's tools look. */
const PRIVATE_PORT = 7400;

/**
 * Finds a Temporal server or starts one: the one that `TEMPORAL_ADDRESS` or a profile of
 * `temporal.toml` names; else one that this clone runs already; else a new one on this machine,
 * from a `temporal` on the PATH, the book's cache, a download, or a build with Go. What it starts
 * ends with this process at the latest. With `limits` it is always a new one on this machine.
 *
 * @throws LabError `server-not-answering` when the server that was named does not,
 * `server-not-found` when there is no program to start, `server-not-started` when it fails,
 * `server-data-taken` when another process holds `dataDir`
 */
export async function openServer(options: ServerOptions = {}): Promise<TemporalServer> {
  const { dataDir, reuse = true, onProgress = toStderr, env = process.env, limits } = options;
  if (limits) return openPrivate(limits, onProgress, env);
  const remote = remoteServer(env);
  if (remote) return openRemote(remote);

  return openLocal({
    folders: dataDir ? [dataDir] : slotFolders(),
    reuse,
    onProgress,
    findBinary: finder(env, onProgress),
  });
}

/** A server for one purpose, away from the ports and the data where others would find it. */
async function openPrivate(
  limits: ServerLimits,
  onProgress: Progress,
  env: NodeJS.ProcessEnv,
): Promise<TemporalServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'streambook-'));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  const options = { folders: [dataDir], reuse: false, preferredPort: PRIVATE_PORT };
  try {
    const findProgram = finder(env, onProgress);
    const local = { ...options, onProgress, limits, findBinary: findProgram };
    const server = await openLocal(local);
    const { address, namespace, uiUrl, source, owned } = server;
    return {
      ...{ address, namespace, uiUrl, source, owned },
      get pid() {
        return server.pid;
      },
      async stop() {
        await server.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function finder(env: NodeJS.ProcessEnv, onProgress: Progress): () => Promise<FoundBinary> {
  const folder = cacheFolder();
  return () => findBinary({ sources: temporalSources(env, folder), folder, onProgress });
}

/** A server that was asked for by name is never silently replaced by one of our own. */
async function openRemote(remote: RemoteServer): Promise<TemporalServer> {
  const { address, namespace, source, uiUrl } = remote;
  try {
    await ask({ ...remote.connection, connectTimeout: REMOTE_TIMEOUT_MS });
  } catch (error) {
    throw new LabError(
      'server-not-answering',
      `The Temporal server at ${address} (from ${source}) does not answer: ${reasonOf(error)}.\n` +
        'Check the address, TLS and API key (https://docs.temporal.io/develop/environment-' +
        'configuration), or unset TEMPORAL_ADDRESS and TEMPORAL_PROFILE to run one here.',
      { cause: error },
    );
  }
  return { address, namespace, uiUrl, source, owned: false, stop: async () => {} };
}
