/**
 * The kinds of tests that vitest runs. A test's kind is told by its place, so that no list of
 * files can be forgotten.
 */
export const TEST_KINDS = [
  'unit',
  'process',
  'server',
  'chapters',
  'notebooks',
  'browser',
] as const;
export type TestKind = (typeof TEST_KINDS)[number];

/** Which files a kind has, and what they need. */
export interface KindOfTest {
  name: TestKind;
  /** Globs below the clone's root. */
  include: string[];
  exclude: string[];
  /** Whether a Temporal server must be up before the first test. */
  needsServer: boolean;
  /** For one test, in milliseconds. */
  timeoutMs: number;
}

const FOLDERS: Record<'chapters' | 'notebooks' | 'browser', string> = {
  chapters: 'test/chapters/**/*.test.ts',
  notebooks: 'test/notebooks/**/*.test.ts',
  browser: 'test/browser/**/*.test.ts',
};
/** Slow for starting compilers, bundlers and other processes, but without need of a server. */
const PROCESS_FILES = 'test/**/*.process.test.ts';
const SERVER_FILES = 'test/**/*.server.test.ts';
const IN_FOLDERS = Object.values(FOLDERS);

const UNIT_TIMEOUT_MS = 5_000;
/** Starting a worker bundles its workflows, which takes seconds on a busy machine. */
const SERVER_TIMEOUT_MS = 60_000;
/** A notebook is one test that runs all its cells. */
const NOTEBOOK_TIMEOUT_MS = 180_000;

/** Every kind, in the order in which they run. */
export const kinds: readonly KindOfTest[] = [
  {
    name: 'unit',
    include: ['test/**/*.test.ts'],
    exclude: [PROCESS_FILES, SERVER_FILES, ...IN_FOLDERS],
    needsServer: false,
    timeoutMs: UNIT_TIMEOUT_MS,
  },
  {
    name: 'process',
    include: [PROCESS_FILES],
    exclude: IN_FOLDERS,
    needsServer: false,
    timeoutMs: SERVER_TIMEOUT_MS,
  },
  {
    name: 'server',
    include: [SERVER_FILES],
    exclude: IN_FOLDERS,
    needsServer: true,
    timeoutMs: SERVER_TIMEOUT_MS,
  },
  {
    name: 'chapters',
    include: [FOLDERS.chapters],
    exclude: [],
    needsServer: true,
    timeoutMs: SERVER_TIMEOUT_MS,
  },
  {
    name: 'notebooks',
    include: [FOLDERS.notebooks],
    exclude: [],
    needsServer: true,
    timeoutMs: NOTEBOOK_TIMEOUT_MS,
  },
  {
    name: 'browser',
    include: [FOLDERS.browser],
    exclude: [],
    needsServer: true,
    timeoutMs: SERVER_TIMEOUT_MS,
  },
];
