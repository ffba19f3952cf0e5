import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { inClone } from '../../src/lab/clone.ts';
import { catalogue } from './catalogue.js';

test('the catalogue has every hazard from B1 to B47, in order', () => {
  const numbers = Array.from({ length: 47 }, (_, n) => `B${n + 1}`);
  const ids = numbers.flatMap((id) => (['B4', 'B29'].includes(id) ? [id, `${id}b`] : [id]));
  expect(catalogue.map(({ id }) => id)).toEqual(ids);
});

test('every hazard that a TypeScript stream can meet has a test of its number', () => {
  const files = globSync('test/hazards/**/*.test.ts', { cwd: inClone(), absolute: true });
  const sources = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const tested = new Set([...sources.matchAll(/\bhazard\(\s*'(B\d+b?)'/g)].map(([, id]) => id));
  const expected = catalogue.filter(({ official }) => official.verdict !== 'not TypeScript');
  expect(expected.map(({ id }) => id).filter((id) => !tested.has(id))).toEqual([]);
});
