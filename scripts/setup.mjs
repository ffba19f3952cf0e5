// Runs before every npm script, in a clone that may have nothing but Node: installs the packages
// when they differ from package-lock.json, compiles what changed, and is silent when all is there.
// No dependencies, because it is what installs them.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK = join(ROOT, '.streambook', 'setup.lock');
// `npm test` reports type errors itself, as a failure among the others.
const TYPES_LATER = process.argv.includes('--types-later');

await main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});

async function main() {
  checkNode(process.versions.node);
  await holdLock();
  if (!packagesAreInstalled()) await installPackages();
  await compile();
}

/** Notebooks load ES modules with `require()`, which Node has since 20.19 and 22.12. */
function checkNode(version) {
  const [major, minor] = version.split('.').map(Number);
  const newEnough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;
  if (!newEnough) {
    throw new Error(
      `Streambook needs Node 20.19 or later, or 22.12 or later; this is Node ${version}.\n` +
        'Install a current Node from https://nodejs.org, then run the command again.',
    );
  }
}

/**
 * npm writes node_modules/.package-lock.json last, so it is there only after a complete install.
 * Comparing it with package-lock.json also accepts a plain `npm install` that the reader ran.
 */
function packagesAreInstalled() {
  const wanted = readPackages('package-lock.json');
  const installed = readPackages('node_modules/.package-lock.json');
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    // Packages of other operating systems are in the lock file and never on the disk.
    if (!found) return entry.optional === true;
    // A link that leads elsewhere would put another package in the place of ours.
    if (entry.link && found.resolved !== entry.resolved) return false;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

async function installPackages() {
  // Not `npm ci`: it refuses a lock file that lacks the binaries of some systems, and npm writes
  // such a file wherever its registry does not have them all. `--no-save` leaves the lock file as
  // it is, and NODE_ENV=production would leave out the compiler and all else that runs the book.
  const args = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const { code, output } = npm
    ? await run('Installing packages', process.execPath, [npm, ...args])
    : await run('Installing packages', 'npm', args);
  if (code !== 0) {
    throw new Error(
      `${output}\nnpm install failed. Check the network and the npm registry (npm config get registry), ` +
        'then run the command again.',
    );
  }
}

async function compile() {
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-b', 'src', 'src/web/browser'];
  const { code, output } = await run('Compiling', process.execPath, args);
  if (code !== 0 && !TYPES_LATER) throw new Error(`${output}\nMend the type errors above first.`);
}

/** Runs a command quietly, with one progress line if it takes over a second. */
async function run(label, command, args) {
  const started = Date.now();
  let announced = false;
  const timer = setTimeout(() => {
    announced = true;
    process.stderr.write(`${label}…`);
  }, 1000);
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && command === 'npm',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(timer);
  if (announced) process.stderr.write(` ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  return { code, output };
}

/** Lets one set-up work at a time: two of them would delete node_modules under each other. */
async function holdLock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  let announced = false;
  const started = Date.now();
  while (!takeLock()) {
    if (!announced && Date.now() - started > 1000) {
      announced = true;
      process.stderr.write('Waiting for another set-up of this clone to finish…\n');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  process.on('exit', () => unlinkSync(LOCK));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
}

function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (ownerIsGone()) {
    try {
      unlinkSync(LOCK);
    } catch {
      // Somebody else removed it first.
    }
  }
  return false;
}

function ownerIsGone() {
  try {
    const owner = Number(readFileSync(LOCK, 'utf8'));
    // Between creating the file and writing the pid into it, the file is empty.
    if (!owner) return Date.now() - statSync(LOCK).mtimeMs > 10_000;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
