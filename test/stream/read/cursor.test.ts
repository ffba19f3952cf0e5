import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Log } from '../../../src/stream/log.js';
import { advance, type Gap, type ReadPage, startAt } from '../../../src/stream/read/cursor.js';
import { follow, type Run, type RunState } from '../../../src/stream/read/follow.js';

const TOPICS = ['a', 'b'];
const upTo = (n: number, from = 0) => Array.from({ length: n }, (_, i) => from + i);
const rangeOf = ({ from, to }: Gap) => upTo(to - from, from);

/** Something that happens to a log: items come, or all but so many of the newest are forgotten. */
type Event = { append: number } | { leave: number };
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ append: fc.nat(6) }),
  fc.record({ leave: fc.nat(4) }),
);
const events = fc.array(event, { maxLength: 4 });
/** What happens between the looks of a reader. */
const looks = fc.array(events, { minLength: 1, maxLength: 8 });

/** Items alternate between two topics. */
function happen(log: Log, what: Event[]): void {
  for (const each of what) {
    if ('leave' in each) log.truncate(log.next - each.leave);
    else
      for (const _ of upTo(each.append))
        log.append({ topic: TOPICS[log.next % 2] as string, data: 'AA==' });
  }
}

/** What our host answers: about three items at most, and what it knows of the whole log. */
function pageOf(log: Log, from: number, logId?: string, topics: string[] = []): ReadPage {
  const page = log.read({ from, topics, maxBytes: 180 });
  return { ...page, base: log.base, end: log.next, logId };
}

describe('a cursor', () => {
  test('leaves no offset out: each was read, reported as a gap, or is of another topic', () => {
    fc.assert(
      fc.property(looks, fc.nat(12), fc.subarray(TOPICS), (script, from, topics) => {
        const log = new Log();
        let cursor = startAt(from);
        let first = from;
        const seen: number[] = [];
        for (const [look, what] of script.entries()) {
          happen(log, what);
          const page = pageOf(log, cursor.offset, 'log', topics);
          // 0 means the start of whatever is left.
          if (look === 0 && from === 0) first = log.base;
          const skipped = cursor.offset;
          const { cursor: next, gap } = advance(cursor, page);
          const lost = gap ? rangeOf(gap) : [];
          const read = page.items.map(({ offset }) => offset);
          const others = upTo(next.offset - skipped, skipped).filter(
            (offset) =>
              offset >= log.base &&
              topics.length > 0 &&
              !topics.includes(TOPICS[offset % 2] as string),
          );
          seen.push(...lost, ...[...read, ...others].sort((a, b) => a - b));
          cursor = next;
          expect(seen).toEqual(upTo(cursor.offset - first, first));
          expect(cursor.offset).toBeGreaterThanOrEqual(skipped);
        }
      }),
    );
  });

  test('beyond the end waits where it is, until the log has come there', () => {
    const log = new Log();
    happen(log, [{ append: 2 }]);
    let { cursor } = advance(startAt(5), pageOf(log, 5));
    expect(cursor.offset).toBe(5);
    happen(log, [{ append: 4 }]);
    const page = pageOf(log, cursor.offset);
    expect(page.items.map(({ offset }) => offset)).toEqual([5]);
    happen(log, [{ append: 3 }, { leave: 1 }]);
    ({ cursor } = advance(cursor, page));
    expect(advance(cursor, pageOf(log, cursor.offset)).gap).toEqual({ from: 6, to: 8 });
  });

  test('that began wherever the log begins sees no gap there, but every later one', () => {
    const { cursor, gap } = advance(startAt(0), {
      items: [],
      next: 4,
      more: false,
      base: 4,
      end: 4,
    });
    expect(gap).toBeUndefined();
    const later = advance(cursor, { items: [], next: 9, more: false, base: 9, end: 9 });
    expect(later.gap).toEqual({ from: 4, to: 9 });
  });

  test('learns from a host that tells nothing how long the log is at least', () => {
    const items = [{ topic: 'a', data: '', offset: 6 }];
    const { cursor } = advance(startAt(0), { items, next: 7, more: false });
    expect(cursor).toMatchObject({ offset: 7, end: 7, isFixed: true });
    expect(() => advance(cursor, { items: [], next: 7, more: false, end: 6 })).toThrow(
      expect.objectContaining({ type: 'StreamReset' }),
    );
  });
});

/** What a run hands to its successor: its log, the newest items of it, or nothing. */
const handover = fc.oneof(
  fc.record({ carry: fc.constant(Number.POSITIVE_INFINITY) }),
  fc.record({ carry: fc.nat(5) }),
);

/** A run that does one step at each wait and one after each read, and closes after the last. */
interface Script {
  steps: { before: Event[]; after: Event[] }[];
  /** How many items its successor gets. */
  carry: number;
}
const script: fc.Arbitrary<Script> = fc
  .tuple(
    fc.array(fc.record({ before: events, after: events }), { minLength: 1, maxLength: 4 }),
    handover,
  )
  .map(([steps, { carry }]) => ({ steps, carry }));

/** A chain of runs that each go on with the log of the one before. */
function chain([script, ...rest]: Script[], log = new Log()): Run {
  const left = [...(script?.steps ?? [])];
  let after: Event[] = [];
  return {
    async read(offset) {
      const page = pageOf(log, offset, 'log');
      happen(log, after);
      after = [];
      return page;
    },
    async wait(): Promise<RunState> {
      const step = left.shift();
      if (!step) throw new Error('a run that has closed was waited for');
      happen(log, step.before);
      if (left.length > 0) {
        after = step.after;
        return { closed: false };
      }
      if (rest.length === 0) return { closed: true, status: 'COMPLETED' };
      return { closed: true, successor: chain(rest, carried(log, script?.carry ?? 0)) };
    },
  };
}

function carried(log: Log, count: number): Log {
  const items = log.read().items.slice(-count || log.next);
  const next = new Log(log.next - items.length);
  for (const item of items) next.append(item);
  return next;
}

/** Everything that a subscriber learns, in order. */
async function story(
  run: Run,
  from: number,
): Promise<{ seen: number[]; gaps: number[]; status?: string }> {
  const seen: number[] = [];
  const gaps: number[] = [];
  const note = (gap: Gap) => {
    seen.push(...rangeOf(gap));
    gaps.push(...rangeOf(gap));
  };
  const items = follow(run, from, note);
  for (;;) {
    const { done, value } = await items.next();
    if (done) return { seen, gaps, ...(value && { status: value }) };
    seen.push(value.offset);
  }
}

describe('following a chain of runs', () => {
  test('yields or reports every offset once and in order, whatever is truncated or left behind', async () => {
    const scripts = fc.array(script, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(scripts, fc.nat(12), async (runs, from) => {
        const { seen, status } = await story(chain(runs), from);
        expect(seen).toEqual(upTo(seen.length, seen[0]));
        if (from > 0 && seen.length > 0) expect(seen[0]).toBe(from);
        expect(status).toBe('COMPLETED');
      }),
    );
  });

  test('ends with an error at a log that is not the one before, if anything tells them apart', async () => {
    const sizes = fc.record({ old: fc.nat(6), fresh: fc.nat(6), named: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ old, fresh, named }) => {
        const [first, second] = [new Log(), new Log()];
        happen(first, [{ append: old }]);
        happen(second, [{ append: fresh }]);
        const run = (log: Log, logId: string, state: RunState): Run => ({
          read: async (offset) => pageOf(log, offset, named ? logId : undefined),
          wait: async () => state,
        });
        const successor = run(second, 'second', { closed: true });
        const told = story(run(first, 'first', { closed: true, successor }), 0);
        if (!named && fresh >= old) expect((await told).seen).toEqual(upTo(fresh));
        else await expect(told).rejects.toMatchObject({ type: 'StreamReset' });
      }),
    );
  });
});
