import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LabError, reasonOf } from '../errors.js';
import { announce, type Progress } from '../progress.js';
import { findOnPath, isExecutable } from './path.js';
import { run } from './run.js';

/** Commands by which systems know a Chromium. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const WINDOWS_PROGRAM = join('Google', 'Chrome', 'Application', 'chrome.exe');
const WINDOWS_FOLDERS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];
const APT_TIMEOUT_MS = 15 * 60_000;

/** How a reader gets a Chromium on any system. */
export const CHROMIUM_REMEDY = 'npx playwright-core install chromium';

/**
 * A Chromium or Chrome on this machine: `CHROME_PATH`, then the PATH, then where macOS and Windows
 * install it, then the one that Playwright downloaded.
 *
 * @param env - the environment to search with
 * @returns its path, or `undefined`
 */
export async function findChromium(
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  if (env.CHROME_PATH) return isExecutable(env.CHROME_PATH) ? env.CHROME_PATH : undefined;
  const onPath = COMMANDS.map((name) => findOnPath(name, env)).find(Boolean);
  return onPath ?? usualPlaces(env).find(existsSync) ?? (await downloadedByPlaywright());
}

function usualPlaces(env: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin') return MAC_APPS;
  if (process.platform !== 'win32') return [];
  return WINDOWS_FOLDERS.flatMap((name) => {
    const folder = env[name];
    return folder ? [join(folder, WINDOWS_PROGRAM)] : [];
  });
}

async function downloadedByPlaywright(): Promise<string | undefined> {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

/**
 * Finds a Chromium, or installs the distribution's own where that is allowed without asking: by
 * root in CI.
 *
 * @throws LabError `tool-not-installed`, with the command that gets one
 */
export async function ensureChromium(
  env: NodeJS.ProcessEnv,
  onProgress: Progress,
): Promise<string> {
  const found = await findChromium(env);
  if (found) return found;
  const reason = await installFromPackages(env, onProgress);
  const installed = await findChromium(env);
  if (installed) return installed;
  throw new LabError(
    'tool-not-installed',
    `There is no Chromium${reason ? ` (${reason})` : ''}. Get one with: ${CHROMIUM_REMEDY}`,
  );
}

/** @returns why it did not work, if it was tried */
async function installFromPackages(
  env: NodeJS.ProcessEnv,
  onProgress: Progress,
): Promise<string | undefined> {
  const apt = findOnPath('apt-get', env);
  if (env.CI !== 'true' || process.getuid?.() !== 0 || !apt) return undefined;
  const options = {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: APT_TIMEOUT_MS,
  };
  try {
    await announce(
      'Installing Chromium with apt-get',
      async () => {
        await run(apt, ['update', '-q'], options);
        await run(apt, ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options);
      },
      onProgress,
    );
    return undefined;
  } catch (error) {
    return `apt-get: ${reasonOf(error)}`;
  }
}

/**
 * Flags that keep a Chromium under test to itself: no first-run pages, no calls home, and no QUIC,
 * which a proxy cannot carry.
 */
export function chromiumFlags(): string[] {
  const flags = [
    '--headless',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  // Chromium refuses to run its sandbox as root, which is what containers are.
  return process.getuid?.() === 0 ? [...flags, '--no-sandbox'] : flags;
}
