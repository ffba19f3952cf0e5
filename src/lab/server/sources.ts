import { existsSync } from 'node:fs';
import { findOnPath } from '../tools/path.js';
import { binaryIn, TEMPORAL_VERSION, versionOf } from './binary.js';
import { download } from './download.js';
import { SOURCE_NAMES, type Source, type SourceName } from './find.js';
import { buildWithGo } from './go.js';

/** Names the sources that may be used, as `path,cache`. Tests unplug the rest with it. */
export const SOURCES_VARIABLE = 'STREAMBOOK_SERVER_SOURCES';

/**
 * The ways to come by a Temporal CLI, in order.
 *
 * @param env - its PATH is searched, and `STREAMBOOK_SERVER_SOURCES` (a comma-separated list of
 * `path`, `cache`, `download`, `go`; empty for none) turns off the sources that it does not name
 * @param folder - the cache folder of this version
 */
export function temporalSources(env: NodeJS.ProcessEnv, folder: string): Source[] {
  const all: Record<SourceName, Source> = {
    path: {
      name: 'path',
      label: 'temporal on PATH',
      fetches: false,
      remedy: 'Install the Temporal CLI: https://docs.temporal.io/cli',
      obtain: async () => {
        const binary = findOnPath('temporal', env);
        if (!binary) throw new Error('no program of that name');
        await versionOf(binary);
        return binary;
      },
    },
    cache: {
      name: 'cache',
      label: 'cache',
      fetches: false,
      remedy: `Copy a Temporal CLI ${TEMPORAL_VERSION} for this machine to ${binaryIn(folder)}.`,
      obtain: async () => {
        const binary = binaryIn(folder);
        if (!existsSync(binary)) throw new Error(`${binary} is not there`);
        await versionOf(binary);
        return binary;
      },
    },
    download: {
      name: 'download',
      label: 'download',
      fetches: true,
      remedy: 'Connect to the network: temporal.download and github.com must be reachable.',
      obtain: (onProgress) => download(folder, onProgress),
    },
    go: {
      name: 'go',
      label: 'go install',
      fetches: true,
      remedy: 'Install Go (https://go.dev/dl) and let it reach its module proxy.',
      obtain: (onProgress) => buildWithGo(folder, env, onProgress),
    },
  };
  const allowed = env[SOURCES_VARIABLE]?.split(',').map((name) => name.trim());
  return SOURCE_NAMES.map((name) =>
    !allowed || allowed.includes(name) ? all[name] : turnedOff(all[name]),
  );
}

function turnedOff(source: Source): Source {
  return {
    ...source,
    remedy: `Unset ${SOURCES_VARIABLE}, or name more sources in it.`,
    obtain: async () => {
      throw new Error(`turned off by ${SOURCES_VARIABLE}`);
    },
  };
}
