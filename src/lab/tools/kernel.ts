import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inClone } from '../clone.js';

/**
 * What Jupyter starts for a TypeScript notebook: this clone's tslab, with this Node.
 *
 * `tslab install` would write the same with a bare command name, which finds whichever tslab and
 * Node come first on the PATH of whoever starts Jupyter.
 */
export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
}

/** The kernel of this clone. */
export function kernelSpec(): KernelSpec {
  const tslab = inClone('node_modules', 'tslab', 'bin', 'tslab');
  return {
    argv: [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}'],
    display_name: 'TypeScript',
    language: 'typescript',
  };
}

/** Whether the `.venv` has this clone's kernel; it has not after the clone or Node has moved. */
export function kernelIsInstalled(): boolean {
  try {
    return readFileSync(specFile(), 'utf8') === specText();
  } catch {
    return false;
  }
}

/** Writes the kernel into the `.venv`, where only the `.venv`'s own Jupyter sees it. */
export async function installKernel(): Promise<void> {
  if (kernelIsInstalled()) return;
  await mkdir(dirname(specFile()), { recursive: true });
  await writeFile(specFile(), specText());
}

/** Where the kernel is described. */
export function specFile(): string {
  return inClone('.venv', 'share', 'jupyter', 'kernels', 'tslab', 'kernel.json');
}

function specText(): string {
  return `${JSON.stringify(kernelSpec(), null, 2)}\n`;
}
