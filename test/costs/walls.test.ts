import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimate, suggestedAfter } from '../../src/costs/estimate.js';
import type { Plan } from '../../src/costs/plan.js';

const firstOf = (plan: Partial<Plan>) => {
  const { limit, afterSeconds } = estimate(plan).walls[0] ?? {};
  return { limit, afterSeconds };
};

describe('the first wall', () => {
  const answer = { intervalMs: 200, itemsPerSecond: 20, readers: 4 };

  test('is the signals, for quiet readers', () => {
    expect(firstOf(answer)).toEqual({ limit: 'signals', afterSeconds: 2_000 });
  });

  test('is the updates, for those who wait by an update', () => {
    expect(firstOf({ ...answer, wait: 'update' })).toEqual({ limit: 'updates', afterSeconds: 100 });
  });

  test('is met at once by ten official readers: no update of the workflow’s own finds room', () => {
    const ten = { ...answer, readers: 10, wait: 'official' } as const;
    expect(firstOf(ten)).toEqual({ limit: 'updatesInFlight', afterSeconds: 0 });
    expect(firstOf({ ...ten, relays: 2 }).limit).toBe('updates');
  });

  test('is the size of the history when items are large', () => {
    expect(firstOf({ ...answer, itemBytes: 10_000 }).limit).toBe('historyBytes');
  });

  test('is a payload for an item of two megabytes, and for an official batch of that size', () => {
    const item = { itemBytes: 2_000_000, itemsPerSecond: 0.1 };
    expect(firstOf(item)).toEqual({ limit: 'payloadBytes', afterSeconds: 0 });
    const batch = { itemBytes: 600_000, itemsPerSecond: 4, intervalMs: 1_000 };
    expect(firstOf({ ...batch, wait: 'official' }).limit).toBe('payloadBytes');
    expect(firstOf(batch).limit).not.toBe('payloadBytes');
  });

  test('is the Cloud’s, when thousands read without a relay', () => {
    expect(firstOf({ ...answer, readers: 1_000 })).toEqual({
      limit: 'actionsPerSecond',
      afterSeconds: 0,
    });
    expect(firstOf({ ...answer, readers: 1_000, relays: 1 }).limit).toBe('signals');
  });

  test('comes after the server has suggested to continue as new, unless it is the signals', () => {
    const plans = fc.record({
      intervalMs: fc.integer({ min: 100, max: 10_000 }),
      itemBytes: fc.integer({ min: 1, max: 10_000 }),
      readers: fc.integer({ min: 1, max: 8 }),
      wait: fc.constantFrom('quiet', 'update', 'official'),
    });
    fc.assert(
      fc.property(plans, (plan) => {
        const { walls, perSecond } = estimate(plan);
        const growing = walls.filter(({ limit, afterSeconds }) => {
          return afterSeconds > 0 && limit !== 'signals';
        });
        for (const { afterSeconds } of growing) {
          expect(afterSeconds).toBeGreaterThan(suggestedAfter(perSecond));
        }
        const times = walls.map(({ afterSeconds }) => afterSeconds);
        expect(times).toEqual([...times].sort((one, other) => one - other));
      }),
    );
  });
});
