import { readFileSync } from 'node:fs';
import { inClone } from '../clone.js';
import { reasonOf } from '../errors.js';
import { cacheFolder, versionOf } from '../server/binary.js';
import { locateBinary } from '../server/find.js';
import { remoteServer } from '../server/remote.js';
import { temporalSources } from '../server/sources.js';
import { CHROMIUM_REMEDY, findChromium } from '../tools/chromium.js';
import { findPython, jupyterIsInstalled, venvPython } from '../tools/jupyter.js';
import { kernelIsInstalled, specFile } from '../tools/kernel.js';
import { findOnPath } from '../tools/path.js';
import { run } from '../tools/run.js';
import type { Need } from './report.js';

/** A need, with the way to look for it: what was found, or the reason why nothing was. */
type Probe = Omit<Need, 'found' | 'detail'> & { look: () => Promise<string> };

/**
 * Looks for everything that the book can use. Fetches and installs nothing.
 *
 * @param env - the environment to search with
 */
export async function probeNeeds(env: NodeJS.ProcessEnv): Promise<Need[]> {
  const probes = [...essentials(env), ...notebookTools(env), ...extras(env)];
  return Promise.all(
    probes.map(async ({ look, ...need }) => {
      try {
        return { ...need, found: true, detail: await look() };
      } catch (error) {
        return { ...need, found: false, detail: reasonOf(error) };
      }
    }),
  );
}

function essentials(env: NodeJS.ProcessEnv): Probe[] {
  return [
    {
      name: 'Node',
      neededFor: 'npm start',
      remedy: 'nvm install 22',
      look: async () => `${process.versions.node}  ${process.execPath}`,
    },
    {
      name: 'packages',
      neededFor: 'npm start',
      remedy: 'npm install',
      look: async () => {
        const lock = readFileSync(inClone('node_modules', '.package-lock.json'), 'utf8');
        const { packages } = JSON.parse(lock) as { packages: object };
        return `${Object.keys(packages).length}  ${inClone('node_modules')}`;
      },
    },
    {
      name: 'Temporal server',
      neededFor: 'npm start',
      remedy: 'npm run temporal:install',
      look: () => lookForTemporal(env),
    },
    {
      name: 'Go',
      neededFor: 'building a Temporal server where none can be downloaded',
      remedy: 'https://go.dev/dl',
      look: async () => {
        const go = findOnPath('go', env);
        if (!go) throw new Error('no go on the PATH');
        return `${(await run(go, ['version'])).replace('go version go', '')}  ${go}`;
      },
    },
  ];
}

async function lookForTemporal(env: NodeJS.ProcessEnv): Promise<string> {
  const remote = remoteServer(env);
  if (remote) return `${remote.address}, namespace ${remote.namespace}  ${remote.source}`;
  const binary = await locateBinary(temporalSources(env, cacheFolder()));
  if (!binary) throw new Error('none named, none on the PATH, none in the cache');
  return `${await versionOf(binary.path)}  ${binary.source}: ${binary.path}`;
}

function notebookTools(env: NodeJS.ProcessEnv): Probe[] {
  return [
    {
      name: 'Python',
      neededFor: 'npm run notebooks',
      remedy: 'https://www.python.org/downloads',
      look: async () => {
        const { version, path } = await findPython(env);
        return `${version}  ${path}`;
      },
    },
    {
      name: 'Jupyter',
      neededFor: 'npm run notebooks',
      remedy: 'npm run jupyter:install',
      look: async () => {
        if (!jupyterIsInstalled()) throw new Error('.venv is not there, or out of date');
        const version = await run(venvPython(), ['-m', 'jupyterlab', '--version']);
        return `JupyterLab ${version}  ${venvPython()}`;
      },
    },
    {
      name: 'tslab kernel',
      neededFor: 'npm run notebooks',
      remedy: 'npm run jupyter:install',
      look: async () => {
        if (!kernelIsInstalled()) throw new Error('not in .venv, or of another place');
        const manifest = readFileSync(inClone('node_modules', 'tslab', 'package.json'), 'utf8');
        return `${(JSON.parse(manifest) as { version: string }).version}  ${specFile()}`;
      },
    },
  ];
}

function extras(env: NodeJS.ProcessEnv): Probe[] {
  return [
    {
      name: 'Chromium',
      neededFor: 'npm test',
      remedy: CHROMIUM_REMEDY,
      look: async () => {
        const chromium = await findChromium(env);
        if (!chromium) throw new Error('not in CHROME_PATH, on the PATH, or where it usually is');
        // Chrome on Windows opens a window when it is asked for its version.
        if (process.platform === 'win32') return chromium;
        return `${await run(chromium, ['--version'])}  ${chromium}`;
      },
    },
    {
      name: 'model',
      neededFor: 'answers of a real model',
      remedy: 'export OPENAI_API_KEY=…',
      look: async () => {
        if (env.OPENAI_BASE_URL) return `OPENAI_BASE_URL  ${env.OPENAI_BASE_URL}`;
        return env.OPENAI_API_KEY ? 'OPENAI_API_KEY is set' : 'scripted, with no key needed';
      },
    },
  ];
}
