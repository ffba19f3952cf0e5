import { defaultPayloadConverter } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimate } from '../../src/costs/estimate.js';
import type { Plan } from '../../src/costs/plan.js';
import { planOf } from '../../src/costs/plan.js';
import { wireBytes } from '../../src/costs/rates.js';
import { encodeEntry } from '../../src/stream/entry.js';

const plans: fc.Arbitrary<Plan> = fc
  .record({
    intervalMs: fc.integer({ min: 1, max: 60_000 }),
    itemsPerSecond: fc.double({ min: 0.01, max: 10_000, noNaN: true }),
    itemBytes: fc.integer({ min: 1, max: 100_000 }),
    readers: fc.integer({ min: 0, max: 1_000 }),
    wait: fc.constantFrom('quiet', 'update', 'official'),
    relays: fc.integer({ min: 0, max: 10 }),
    seconds: fc.integer({ min: 1, max: 100_000 }),
  })
  .map(planOf);

describe('an estimate', () => {
  test('is what the book says of an answer of half a minute that is read by four', () => {
    const answer = { intervalMs: 200, itemsPerSecond: 20, readers: 4, seconds: 30 };
    const quiet = estimate(answer);
    expect(quiet).toMatchObject({ items: 600, signals: 150, updates: 0, queries: 600 });
    expect(quiet.events).toBe(150 * 4 + 4);
    expect(quiet.actions).toBe(1 + 150 + 600);
    const official = estimate({ ...answer, wait: 'official' });
    expect(official).toMatchObject({ signals: 150, updates: 600, queries: 0 });
    // Signal and its task, the task in which the four polls are accepted, and two events for each.
    expect(official.events).toBe(150 * (4 + 3 + 4 * 2) + 4);
  });

  test('has no more batches than items, and none of its own when nothing is said', () => {
    const slow = estimate({ intervalMs: 200, itemsPerSecond: 0.5, seconds: 60 });
    expect(slow.signals).toBe(30);
    expect(slow.items).toBe(30);
  });

  test('cuts a batch of ours at a million bytes, and an official one not', () => {
    const large = { intervalMs: 1_000, itemsPerSecond: 3, itemBytes: 600_000, seconds: 10 };
    expect(estimate(large).signals).toBe(30);
    expect(estimate({ ...large, wait: 'official' }).signals).toBe(10);
  });

  test('keeps no more of the log than the plan does', () => {
    const { logBytes } = estimate({ keepItems: 10, itemBytes: 60, seconds: 600 });
    expect(logBytes).toBe(10 * wireBytes(60));
  });

  test.each([1, 59, 60, 61, 1_000])('knows what an item of %d bytes takes on the wire', (size) => {
    const entry = encodeEntry('words', 'x'.repeat(Math.max(size - 2, 0)), defaultPayloadConverter);
    const actual = new TextEncoder().encode(`${JSON.stringify(entry)},`).length;
    expect(Math.abs(wireBytes(Math.max(size, 2)) - actual)).toBeLessThanOrEqual(4);
  });

  test('counts as Actions what the Cloud counts, and nothing else', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { actions, rollovers, signals, updates, queries, dollars } = estimate(plan);
        expect(actions).toBe(1 + rollovers + signals + updates + queries);
        expect(dollars).toBeCloseTo(actions * 0.000_05, 6);
      }),
    );
  });

  test('of quiet readers writes the same history for any number of them', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 0, max: 1_000 }), (plan, readers) => {
        const some = estimate({ ...plan, wait: 'quiet' });
        const others = estimate({ ...plan, wait: 'quiet', readers });
        expect(others.events).toBe(some.events);
        expect(others.historyBytes).toBe(some.historyBytes);
      }),
    );
  });

  test('of readers behind one relay is that of a single reader', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 1_000 }), (plan, readers) => {
        const { plan: _, ...behind } = estimate({ ...plan, readers, relays: 1 });
        const { plan: __, ...alone } = estimate({ ...plan, readers: 1, relays: 0 });
        expect(behind).toEqual(alone);
      }),
    );
  });

  test('never shrinks with more readers, more time or a shorter interval', () => {
    const more: ((plan: Plan) => Plan)[] = [
      (plan) => ({ ...plan, readers: plan.readers + 1 }),
      (plan) => ({ ...plan, seconds: plan.seconds * 2 }),
      (plan) => ({ ...plan, intervalMs: Math.max(1, plan.intervalMs / 2) }),
    ];
    fc.assert(
      fc.property(plans, fc.constantFrom(...more), (plan, grow) => {
        const before = estimate(plan);
        const after = estimate(grow(plan));
        expect(after.actions).toBeGreaterThanOrEqual(before.actions);
        expect(after.events).toBeGreaterThanOrEqual(before.events);
        expect(after.historyBytes).toBeGreaterThanOrEqual(before.historyBytes);
      }),
    );
  });

  test.each([
    [{ intervalMs: 0 }, 'intervalMs must be a number from 1'],
    [{ readers: 1.5 }, 'readers must be a whole number'],
    [{ seconds: Number.NaN }, 'seconds must be a number'],
    [{ itemsPerSecond: -1 }, 'itemsPerSecond must be a number'],
    [{ wait: 'loudly' as never }, 'wait must be one of quiet, update, official, not "loudly"'],
  ])('refuses %j', (plan, message) => {
    expect(() => estimate(plan)).toThrow(message);
    expect(() => estimate(plan)).toThrow(RangeError);
  });
});
