import { LabError, reasonOf } from '../errors.js';
import { withLock } from '../lock.js';
import type { Progress } from '../progress.js';

/** The ways to come by a Temporal CLI, in the order in which they are tried. */
export const SOURCE_NAMES = ['path', 'cache', 'download', 'go'] as const;
export type SourceName = (typeof SOURCE_NAMES)[number];

/** One way to come by a Temporal CLI. */
export interface Source {
  name: SourceName;
  /** How the reader knows it, as "temporal on PATH". */
  label: string;
  /** Whether it brings a program here, rather than finding one that is. */
  fetches: boolean;
  /** What the reader can do when it failed. */
  remedy: string;
  /** Returns the path of a program that runs, or throws the reason why there is none. */
  obtain(onProgress: Progress): Promise<string>;
}

/** A Temporal CLI that runs. */
export interface FoundBinary {
  path: string;
  source: SourceName;
}

/** A source that did not have it. */
export interface Attempt {
  label: string;
  reason: string;
  remedy: string;
}

/** What {@link findBinary} works with. */
export interface FindOptions {
  sources: readonly Source[];
  /** Where fetched programs go; only one process at a time fetches into it. */
  folder: string;
  onProgress: Progress;
}

/**
 * Finds a Temporal CLI, or fetches one.
 *
 * @throws LabError `server-not-found`, listing every source with the reason why it failed
 */
export async function findBinary({
  sources,
  folder,
  onProgress,
}: FindOptions): Promise<FoundBinary> {
  const here = sources.filter((source) => !source.fetches);
  const fetching = sources.filter((source) => source.fetches);

  const local = await firstOf(here, onProgress);
  if (local.found) return local.found;
  if (fetching.length === 0) throw notFound(local.attempts);

  return withLock(
    folder,
    'Waiting for another process that is fetching the Temporal server…',
    onProgress,
    async () => {
      // That other process may have fetched it while this one waited.
      const again = await firstOf(here, onProgress);
      if (again.found) return again.found;
      const fetched = await firstOf(fetching, onProgress);
      if (fetched.found) return fetched.found;
      throw notFound([...local.attempts, ...fetched.attempts]);
    },
  );
}

/**
 * Finds a Temporal CLI that is on this machine already, for who must not fetch one.
 *
 * @returns `undefined` when there is none
 */
export async function locateBinary(sources: readonly Source[]): Promise<FoundBinary | undefined> {
  const here = sources.filter((source) => !source.fetches);
  return (await firstOf(here, () => {})).found;
}

async function firstOf(
  sources: readonly Source[],
  onProgress: Progress,
): Promise<{ found?: FoundBinary; attempts: Attempt[] }> {
  const attempts: Attempt[] = [];
  for (const source of sources) {
    try {
      return { found: { path: await source.obtain(onProgress), source: source.name }, attempts };
    } catch (error) {
      attempts.push({ label: source.label, reason: reasonOf(error), remedy: source.remedy });
    }
  }
  return { attempts };
}

function notFound(attempts: readonly Attempt[]): LabError {
  const address = {
    label: 'TEMPORAL_ADDRESS',
    reason: 'not set, and no profile in temporal.toml names a server',
    remedy: 'Point TEMPORAL_ADDRESS at a server that runs, as TEMPORAL_ADDRESS=localhost:7233.',
  };
  const all = [address, ...attempts];
  const width = Math.max(...all.map(({ label }) => label.length));
  const tried = all.map(({ label, reason }) => `  ${label.padEnd(width)}  ${reason}`);
  const remedies = [...new Set(all.map(({ remedy }) => `  - ${remedy}`))];
  return new LabError(
    'server-not-found',
    'There is no Temporal server to run on. What was tried:\n' +
      `${tried.join('\n')}\n` +
      'Do one of these, then run the command again:\n' +
      `${remedies.join('\n')}\n` +
      'npm run doctor shows what is there.',
  );
}
