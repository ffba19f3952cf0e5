import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { globSync } from 'tinyglobby';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { inClone } from '../src/lab/clone.ts';

const SCENARIOS = [
  'order',
  'pipeline',
  'hub',
  'ticker',
  'llm',
  'endings',
  'rollover',
  'costs',
  'gateway',
];
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
  sse: 'stream',
  'follow-events': 'stream',
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

/** What a file imports, as it is written. */
function specifiersOf(file: string): string[] {
  const source = readFileSync(inClone('src', file), 'utf8');
  return ts.preProcessFile(source).importedFiles.map(({ fileName }) => fileName);
}

/** The files that a file imports by their paths. */
function neighbours(file: string): string[] {
  return specifiersOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => normalize(join(dirname(file), specifier)).replace(/\.js$/, '.ts'));
}

/** The folders of `src` that a file imports from. */
function importedFolders(file: string): string[] {
  const named = specifiersOf(file).flatMap((specifier) => {
    const [, name] = specifier.match(/^streambook\/(.+)$/) ?? [];
    return name ? (PACKAGE[name] ?? name) : [];
  });
  return [...named, ...neighbours(file).flatMap((path) => path.split('/')[0] ?? [])];
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

describe('the engine of the book knows nothing of what the book tells', () => {
  const engine = files.filter((file) => file.startsWith('book/'));

  test('it imports itself, the drawings and a few tools of the lab, and reaches nothing of Temporal through them', () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const next of neighbours(file)) visit(next);
    };
    for (const file of engine) visit(file);
    const folders = new Set([...reached].map((file) => file.split('/')[0]));
    expect([...folders].sort()).toEqual(['book', 'draw', 'lab']);
    const foreign = [...reached].flatMap((file) =>
      specifiersOf(file)
        .filter((specifier) => /^@temporalio\/|^streambook\//.test(specifier))
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(foreign).toEqual([]);
  });

  test('it does not speak of it', () => {
    const spoken = engine.flatMap((file) => {
      const source = readFileSync(inClone('src', file), 'utf8');
      const words = source.match(/temporal|workflow|\boffsets?\b|src\/stream/gi) ?? [];
      return words.map((word) => `${file} says ${word}`);
    });
    expect(spoken).toEqual([]);
    expect(engine.length).toBeGreaterThan(50);
  });
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

test('zod checks what a browser sends, and is loaded where that arrives alone', () => {
  const users = files.filter((file) => specifiersOf(file).includes('zod'));
  const elsewhere = users.filter((file) => !/^web\/[^/]+$/.test(file));
  expect(elsewhere).toEqual([]);
  expect(users).not.toEqual([]);
});
