import { expect, it } from 'vitest';
import { totals } from '../../src/lab/suite/tally.ts';
import { resultsOf } from '../../src/lab/suite/vitest.ts';

const unit = { kind: 'unit', passed: 3, failed: 0, skipped: 0, seconds: 1, notes: [] };

it('has a result for a kind of which vitest found no file', () => {
  const results = resultsOf(['unit', 'chapters'], {
    code: 0,
    tally: { kinds: [unit], unhandled: [] },
  });
  expect(results.map(({ kind, passed }) => [kind, passed])).toEqual([
    ['unit', 3],
    ['chapters', 0],
  ]);
});

it('counts an error outside any test as a failure and tells it', () => {
  const tally = { kinds: [unit], unhandled: ['boom'] };
  const results = resultsOf(['unit'], { code: 1, tally });
  expect(totals(results)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  expect(results.at(-1)?.notes).toEqual(['outside any test: boom']);
});

it('counts a crash as a failure, since nothing says that a test passed', () => {
  const results = resultsOf(['unit'], { code: null, tally: undefined });
  expect(totals(results)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(results.at(-1)?.notes.join()).toContain('before it had run the tests');
});

it('believes the exit code when nothing else explains it', () => {
  const results = resultsOf(['unit'], { code: 1, tally: { kinds: [unit], unhandled: [] } });
  expect(totals(results).failed).toBe(1);
});

it('does not count a failed test a second time for the exit code it causes', () => {
  const tally = { kinds: [{ ...unit, failed: 1 }], unhandled: [] };
  expect(totals(resultsOf(['unit'], { code: 1, tally })).failed).toBe(1);
});
