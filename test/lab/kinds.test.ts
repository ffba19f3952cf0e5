import { globSync } from 'tinyglobby';
import { expect, it } from 'vitest';
import { inClone } from '../../src/lab/clone.ts';
import { kinds } from '../../src/lab/suite/kinds.ts';

it('gives every test file exactly one kind', () => {
  const all = globSync('test/**/*.test.ts', { cwd: inClone() });
  const byKind = kinds.flatMap(({ include, exclude }) =>
    globSync(include, { ignore: exclude, cwd: inClone() }),
  );
  expect(all.length).toBeGreaterThan(0);
  expect(byKind.sort()).toEqual(all.sort());
});
