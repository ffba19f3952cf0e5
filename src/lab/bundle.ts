import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { compiled, inClone } from './clone.js';
import { writeWhole } from './write.js';

/** Bundles of code that has changed since are removed when nobody can still be about to load them. */
const KEPT_MS = 24 * 60 * 60 * 1_000;

/** Where bundles are kept, and what they are made from. */
export interface BundleOptions {
  /** @defaultValue `.streambook/bundles` in this clone */
  folder?: string;
  /** Folders of compiled code that the workflows import, their own among them. */
  sources: string[];
  /** Module that exports the workflows. */
  workflowsPath: string;
}

/**
 * Puts the workflows of a scenario into one file for the sandbox. Bundling takes most of the time in
 * which a worker starts, and chapters, tests and readers start many: so it is done once for each
 * state of the compiled code and of the packages.
 *
 * @param name - of the scenario
 * @returns what `Worker.create` takes as `workflowBundle`
 */
export async function bundleWorkflows(
  name: string,
  { workflowsPath, sources, folder = inClone('.streambook', 'bundles') }: BundleOptions,
): Promise<{ codePath: string }> {
  const codePath = join(folder, `${name}-${await fingerprint(sources)}.js`);
  if (!(await exists(codePath))) {
    const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
    writeWhole(codePath, code);
    await removeOld(folder);
  }
  return { codePath };
}

async function fingerprint(sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(await readFile(inClone('package-lock.json')));
  for (const source of sources) {
    for (const file of (await readdir(source, { recursive: true })).sort()) {
      if (file.endsWith('.js')) hash.update(file).update(await readFile(join(source, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function removeOld(folder: string): Promise<void> {
  for (const file of await readdir(folder)) {
    const path = join(folder, file);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > KEPT_MS) await rm(path, { force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The folders of compiled code that a scenario's workflows are made from. */
export function sourcesOf(scenario: string): string[] {
  return [compiled('stream'), compiled(scenario)];
}
