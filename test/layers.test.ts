import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { inClone } from '../src/lab/clone.ts';

const SCENARIOS = ['order', 'pipeline', 'hub', 'ticker', 'llm', 'endings', 'rollover', 'costs'];
const RECORDERS = SCENARIOS.map((name) => `${name}/record.ts`);
/**
 * The folders of `src`; each may import those before it. Scenarios and drawings stand beside each other,
 * and so do the book and the bench.
 */
const LAYERS = [['stream'], [...SCENARIOS, 'draw'], ['lab'], ['book', 'bench'], ['web']];
/** Where the names that a user imports lead. */
const PACKAGE: Record<string, string> = {
  workflow: 'stream',
  client: 'stream',
  log: 'stream',
  wire: 'stream',
  ...Object.fromEntries(SCENARIOS.map((name) => [name, name])),
  draw: 'draw',
  lab: 'lab',
  bench: 'bench',
};

function layerOf(folder: string | undefined): number {
  const layer = LAYERS.findIndex((folders) => folders.includes(folder ?? ''));
  if (layer === -1) throw new Error(`test/layers.test.ts does not know the folder ${folder}`);
  return layer;
}

/** The folders of `src` that a file imports from. */
function importedFolders(file: string): string[] {
  const source = readFileSync(inClone('src', file), 'utf8');
  const specifiers = [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, it]) => it);
  return specifiers.flatMap((specifier = '') => {
    const [, name] = specifier.match(/^streambook\/(.+)$/) ?? [];
    if (name) return PACKAGE[name] ?? name;
    if (!specifier.startsWith('.')) return [];
    return normalize(join(dirname(file), specifier)).split('/')[0] ?? [];
  });
}

const files = globSync('**/*.ts', { cwd: inClone('src'), ignore: ['dist/**'] });

test('imports point one way: web to book to lab to scenarios to stream', () => {
  const upwards = files
    // The commands of a scenario, to run it and to record it, open a lab to run in.
    .filter((file) => !file.endsWith('/run.ts') && !RECORDERS.includes(file))
    .flatMap((file) => {
      const own = layerOf(file.split('/')[0]);
      const wrong = importedFolders(file).filter((folder) => layerOf(folder) > own);
      return wrong.map((folder) => `${file} imports from ${folder}`);
    });
  expect(upwards).toEqual([]);
  expect(files.length).toBeGreaterThan(100);
});

test('a drawing imports nothing of the book: it is a function of its data', () => {
  const outside = files
    .filter((file) => file.startsWith('draw/'))
    .flatMap((file) => importedFolders(file).filter((folder) => folder !== 'draw'));
  expect(outside).toEqual([]);
});

test('the stream imports Temporal, Node and itself', () => {
  const outside = files
    .filter((file) => file.startsWith('stream/'))
    .flatMap((file) => importedFolders(file).filter((folder) => folder !== 'stream'));
  expect(outside).toEqual([]);
});
