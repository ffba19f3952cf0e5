import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inClone } from '../../src/lab/clone.ts';
import { withTable } from './page.js';

const file = inClone('chapters', 'a1-hazards.md');

test('the appendix has the table of the catalogue (npm run hazards writes it)', async () => {
  await expect(withTable(readFileSync(file, 'utf8'))).toMatchFileSnapshot(file);
});

test('a page without a place for the table is refused', () => {
  expect(() => withTable('# Hazards')).toThrow('<!-- hazards -->');
});
