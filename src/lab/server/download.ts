import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compiled } from '../clone.js';
import { announce, type Progress } from '../progress.js';
import { run } from '../tools/run.js';
import { binaryIn, TEMPORAL_VERSION, versionOf } from './binary.js';

/** A network that swallows packets would keep the SDK waiting for ever. */
const STALLED_MS = 30_000;
const LOOK_EVERY_MS = 1_000;

/**
 * Lets the SDK fetch the Temporal CLI.
 *
 * @param folder - the cache folder; the program appears in it whole or not at all
 * @returns path of the program
 * @throws Error when it cannot be fetched, or nothing arrives for 30 seconds
 */
export async function download(folder: string, onProgress: Progress): Promise<string> {
  const incoming = await mkdtemp(join(folder, 'download-'));
  try {
    await announce(
      `Downloading the Temporal server ${TEMPORAL_VERSION}`,
      () => downloadInto(incoming),
      onProgress,
    );
    const [name] = await readdir(incoming);
    if (!name) throw new Error('the SDK left no program behind');
    const binary = join(incoming, name);
    await versionOf(binary);
    await rename(binary, binaryIn(folder));
    return binaryIn(folder);
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

/**
 * In a process of its own: the SDK loads its native runtime to download, and has no way to be
 * stopped while the network hangs.
 */
async function downloadInto(incoming: string): Promise<void> {
  const stalled = new AbortController();
  let bytes = 0;
  let lastGrowth = Date.now();
  const watch = setInterval(() => {
    const now = bytesIn(incoming);
    if (now > bytes) lastGrowth = Date.now();
    bytes = now;
    if (Date.now() - lastGrowth > STALLED_MS) stalled.abort();
  }, LOOK_EVERY_MS);
  try {
    const script = compiled('lab', 'server', 'download-process.js');
    await run(process.execPath, [script, incoming, `v${TEMPORAL_VERSION}`], {
      signal: stalled.signal,
    });
  } catch (error) {
    if (!stalled.signal.aborted) throw error;
    throw new Error(`nothing arrived for ${STALLED_MS / 1000} s`, { cause: error });
  } finally {
    clearInterval(watch);
  }
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => {
    const file = statSync(join(folder, name), { throwIfNoEntry: false });
    return sum + (file?.size ?? 0);
  }, 0);
}
