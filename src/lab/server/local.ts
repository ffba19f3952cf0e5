import { LabError, reasonOf } from '../errors.js';
import { announce, type Progress } from '../progress.js';
import { commandLineOf, endProcess, isAlive } from '../tools/process.js';
import { type ServerLimits, startEmbedded } from './embedded.js';
import type { FoundBinary } from './find.js';
import { answers } from './health.js';
import { databaseIn, readRecord, type SlotRecord, takeSlot, writeRecord } from './slot.js';
import type { TemporalServer } from './types.js';

/** What {@link openLocal} works with. */
export interface LocalOptions {
  /** Folders that may hold the data; the first one that is free is taken. */
  folders: readonly string[];
  /** Whether a server that already runs on one of the folders will do. */
  reuse: boolean;
  /** Finds or fetches the program; called only when a server must be started. */
  findBinary: () => Promise<FoundBinary>;
  onProgress: Progress;
  /** As in {@link startEmbedded}. */
  limits?: ServerLimits;
  /** The gRPC port to prefer where the data was not served before. */
  preferredPort?: number;
}

const NAMESPACE = 'default';
const END_GRACE_MS = 5_000;

/**
 * Uses a server that this clone runs already, or starts one.
 *
 * @throws LabError `server-data-taken` when another process holds every folder
 */
export async function openLocal(options: LocalOptions): Promise<TemporalServer> {
  const running = options.reuse ? await runningServer(options.folders) : undefined;
  return running ?? startServer(options);
}

async function runningServer(folders: readonly string[]): Promise<TemporalServer | undefined> {
  for (const folder of folders) {
    const { pid, address, uiUrl } = readRecord(folder) ?? {};
    if (!pid || !address || !isAlive(pid)) continue;
    if (!(await answers(address, NAMESPACE))) continue;
    const source = `running already: ${folder}`;
    return {
      address,
      namespace: NAMESPACE,
      uiUrl,
      source,
      owned: false,
      pid,
      stop: async () => {},
    };
  }
  return undefined;
}

async function startServer(options: LocalOptions): Promise<TemporalServer> {
  const { folders, findBinary, onProgress, limits, preferredPort } = options;
  const found = await findBinary();
  const slot = await takeSlot(folders);
  if (!slot) throw allTaken(folders);
  const { folder, left, release } = slot;
  try {
    if (left) await endServerLeftBehind(left, folder);
    const server = await announce(
      'Starting the Temporal server',
      () =>
        startEmbedded({
          binary: found.path,
          folder,
          preferredPort: portOf(left?.address) ?? preferredPort,
          limits,
          onRestart: () => restarted(),
        }),
      onProgress,
    );
    const { address, uiUrl } = server;
    const record = () =>
      writeRecord(folder, { owner: process.pid, pid: server.pid, address, uiUrl });
    const restarted = () => {
      onProgress('The Temporal server died and was started again on the same data.');
      record().catch((error: unknown) => onProgress(reasonOf(error)));
    };
    await record();
    return {
      address,
      namespace: server.namespace,
      uiUrl,
      source: `${found.source}: ${found.path}`,
      owned: true,
      get pid() {
        return server.pid;
      },
      stop: async () => {
        await server.stop();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * A server whose owner and keeper were both killed still runs, and holds the database.
 * It is ours only if it was started on exactly this folder's database: ids are given out again.
 */
async function endServerLeftBehind({ pid }: SlotRecord, folder: string): Promise<void> {
  if (!pid || !isAlive(pid)) return;
  const isOurs = (await commandLineOf(pid)).includes(databaseIn(folder));
  if (isOurs) await endProcess(pid, END_GRACE_MS);
}

/** Clients that were connected before find the server again on the port where they left it. */
function portOf(address: string | undefined): number | undefined {
  return Number(address?.split(':').at(-1)) || undefined;
}

function allTaken(folders: readonly string[]): LabError {
  const holders = folders.map((folder) => `  ${folder}  (process ${readRecord(folder)?.owner})`);
  return new LabError(
    'server-data-taken',
    `Another process runs a Temporal server on this data already:\n${holders.join('\n')}\n` +
      'Use that server (openServer reuses it unless told otherwise), or end that process.',
  );
}
