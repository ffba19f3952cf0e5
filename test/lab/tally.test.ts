import { expect, it } from 'vitest';
import { judge, type KindResult, renderSummary, totals } from '../../src/lab/suite/tally.ts';

function result(kind: string, counts: Partial<KindResult>): KindResult {
  return { kind, passed: 0, failed: 0, skipped: 0, seconds: 0, notes: [], ...counts };
}

it('sums all kinds', () => {
  const results = [
    result('unit', { passed: 40, skipped: 1 }),
    result('server', { passed: 8, failed: 2 }),
  ];
  expect(totals(results)).toEqual({ passed: 48, failed: 2, skipped: 1 });
});

it('leaves a kind that ran something as it is', () => {
  const ran = result('unit', { passed: 1, skipped: 5 });
  expect(judge(ran, true)).toBe(ran);
});

it('calls a kind without tests failed', () => {
  const judged = judge(result('chapters', {}), false);
  expect(judged.failed).toBe(1);
  expect(judged.notes).toEqual(['chapters ran nothing: it has no tests']);
});

it('accepts a kind that was skipped as a whole on a user’s machine', () => {
  expect(judge(result('browser', { skipped: 3 }), false).failed).toBe(0);
});

it('calls a kind that was skipped as a whole failed where everything must run', () => {
  const judged = judge(result('browser', { skipped: 3 }), true);
  expect(judged).toMatchObject({ failed: 1, skipped: 3 });
  expect(judged.notes.join()).toContain('all of its tests were skipped');
});

it('does not count a failed kind twice', () => {
  expect(judge(result('browser', { failed: 1 }), true).failed).toBe(1);
});

it('ends with one plain line after the table and the notes', () => {
  const text = renderSummary([
    result('types', { passed: 1, seconds: 3.0501 }),
    result('browser', { skipped: 2, notes: ['browser skipped: no Chromium'] }),
  ]);
  expect(text).toBe(
    [
      'kind     passed  failed  skipped  seconds',
      'types         1       0        0      3.1',
      'browser       0       0        2      0.0',
      '',
      'browser skipped: no Chromium',
      '',
      '1 passed, 0 failed, 2 skipped',
    ].join('\n'),
  );
});
