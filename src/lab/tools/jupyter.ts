import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inClone } from '../clone.js';
import { LabError, reasonOf } from '../errors.js';
import { withLock } from '../lock.js';
import { announce, type Progress } from '../progress.js';
import { installKernel } from './kernel.js';
import { findOnPath } from './path.js';
import { run } from './run.js';

/** JupyterLab and its hundred packages, over a slow line. */
const INSTALL_TIMEOUT_MS = 20 * 60_000;
/** JupyterLab 4.6 asks for it, and so does the Python SDK. */
const MIN_PYTHON_MINOR = 10;

/** The Python of the clone's own `.venv`, which need not be there. */
export function venvPython(): string {
  const windows = process.platform === 'win32';
  return windows ? inClone('.venv', 'Scripts', 'python.exe') : inClone('.venv', 'bin', 'python');
}

/**
 * The Python that can make the `.venv`.
 *
 * @param env - its PATH is searched
 * @returns path and version
 * @throws Error saying why there is none
 */
export async function findPython(
  env: NodeJS.ProcessEnv,
): Promise<{ path: string; version: string }> {
  const path = findOnPath('python3', env) ?? findOnPath('python', env);
  if (!path) throw new Error('no python3 on the PATH');
  const version = (await run(path, ['--version'], { env })).replace('Python ', '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major !== 3 || minor < MIN_PYTHON_MINOR) {
    throw new Error(`${path} is Python ${version}; JupyterLab needs 3.${MIN_PYTHON_MINOR}`);
  }
  return { path, version };
}

/** Whether `.venv` holds exactly the packages that notebooks/requirements.txt asks for. */
export function jupyterIsInstalled(): boolean {
  if (!existsSync(venvPython()) || !existsSync(marker())) return false;
  return readFileSync(marker(), 'utf8') === readFileSync(requirements(), 'utf8');
}

/**
 * Makes `.venv` with the pinned Jupyter and the kernel of this clone, or brings it up to date.
 *
 * Start programs of it as `python -m`: the scripts in `.venv/bin` name the place where the clone
 * was when it was made.
 *
 * @returns path of the `.venv`'s Python
 * @throws LabError `tool-not-installed` when there is no Python, or its packages cannot be installed
 */
export async function ensureJupyter(onProgress: Progress): Promise<string> {
  if (!jupyterIsInstalled()) {
    await withLock(
      inClone('.streambook', 'jupyter'),
      'Waiting for another process that is installing Jupyter…',
      onProgress,
      async () => {
        if (!jupyterIsInstalled()) await announceInstall(onProgress);
      },
    );
  }
  await installKernel();
  return venvPython();
}

async function announceInstall(onProgress: Progress): Promise<void> {
  try {
    await announce('Installing Jupyter into .venv (once)', install, onProgress);
  } catch (error) {
    throw new LabError(
      'tool-not-installed',
      `Jupyter could not be installed: ${reasonOf(error)}.\n` +
        `Install Python 3.${MIN_PYTHON_MINOR} or later with its venv module, connect to PyPI or a mirror of it, ` +
        'then run: npm run jupyter:install',
      { cause: error },
    );
  }
}

async function install(): Promise<void> {
  const python = await findPython(process.env);
  await rm(marker(), { force: true });
  await run(python.path, ['-m', 'venv', '--clear', inClone('.venv')]);
  // JupyterLab runs CommonJS files of its own, which our package.json would make ES modules.
  await writeFile(inClone('.venv', 'package.json'), '{ "type": "commonjs" }\n');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await run(venvPython(), [...pip, '-r', requirements()], { timeoutMs: INSTALL_TIMEOUT_MS });
  // Written last: it says that everything before it succeeded.
  await writeFile(marker(), readFileSync(requirements()));
}

function requirements(): string {
  return inClone('notebooks', 'requirements.txt');
}

function marker(): string {
  return join(inClone('.venv'), 'installed-requirements.txt');
}
