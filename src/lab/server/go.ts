import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { announce, type Progress } from '../progress.js';
import { findOnPath } from '../tools/path.js';
import { run } from '../tools/run.js';
import { binaryIn, TEMPORAL_VERSION, versionOf } from './binary.js';

const PACKAGE = `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_VERSION}`;
/** Two minutes on two cores; a slow machine that must also fetch the modules may need many more. */
const BUILD_TIMEOUT_MS = 30 * 60_000;

/**
 * Builds the Temporal CLI from source, where the download is out of reach but Go and its module
 * proxy are not.
 *
 * @param folder - the cache folder; the program appears in it whole or not at all
 * @param env - where `go` is looked for, and what it runs with
 * @returns path of the program
 */
export async function buildWithGo(
  folder: string,
  env: NodeJS.ProcessEnv,
  onProgress: Progress,
): Promise<string> {
  const go = findOnPath('go', env);
  if (!go) throw new Error('Go is not installed');
  const building = await mkdtemp(join(folder, 'go-'));
  try {
    await announce(
      `Building the Temporal server ${TEMPORAL_VERSION} with Go (a few minutes, once)`,
      () =>
        run(go, ['install', PACKAGE], {
          env: { ...env, GOBIN: building },
          timeoutMs: BUILD_TIMEOUT_MS,
        }),
      onProgress,
    );
    await versionOf(binaryIn(building));
    await rename(binaryIn(building), binaryIn(folder));
    return binaryIn(folder);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}
