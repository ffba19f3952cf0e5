import { fatesTable, TRIALS_HEAD, trialsLine } from 'streambook/endings';
import { expect, test } from 'vitest';

test('a line of the table has a column for each state, under its name', () => {
  const outcomes = [1000, 1000, 1, 0].map((received, i) => ({ received, openMs: 2_960 + i * 100 }));
  const lines = [TRIALS_HEAD, trialsLine('sleep', 'official', outcomes)];
  expect(lines).toEqual([
    '                     waiting  cooldown      busy      late    kept open',
    'sleep   official        1000      1000         1         0   3.0 to 3.3 s',
  ]);
});

test('the table of endings says what the status and the last item say', () => {
  const table = fatesTable({
    failed: { status: 'FAILED', news: ['under way', 'lost'] },
    'timed out': { status: 'TIMED_OUT', news: ['under way'] },
  });
  expect(table).toBe(
    'failed            FAILED      under way, lost\ntimed out         TIMED_OUT   under way',
  );
});
