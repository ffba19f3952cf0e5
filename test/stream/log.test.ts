import fc from 'fast-check';
import { Log } from 'streambook/log';
import { describe, expect, test } from 'vitest';

const topics = fc.constantFrom('status', 'progress', '進捗');
const entries = fc.array(fc.record({ topic: topics, data: fc.base64String({ maxLength: 40 }) }));

function logOf(list: { topic: string; data: string }[]): Log {
  const log = new Log();
  for (const entry of list) log.append(entry);
  return log;
}

describe('append', () => {
  test('names entries 0, 1, 2 and so on, over all topics', () => {
    const log = new Log();
    expect(log.next).toBe(0);
    expect(log.append({ topic: 'a', data: 'x' })).toBe(0);
    expect(log.append({ topic: 'b', data: 'y' })).toBe(1);
    expect(log.next).toBe(2);
  });

  test('keeps an entry as it was, whatever happens to the object afterwards', () => {
    const log = new Log();
    const entry = { topic: 'a', data: 'before' };
    log.append(entry);
    entry.data = 'after';
    expect(log.read().items).toEqual([{ topic: 'a', data: 'before', offset: 0 }]);
  });
});

describe('read', () => {
  test('returns everything from an offset on, with the offset to go on from', () => {
    const log = logOf([
      { topic: 'a', data: '0' },
      { topic: 'b', data: '1' },
      { topic: 'a', data: '2' },
    ]);
    expect(log.read({ from: 1 })).toEqual({
      items: [
        { topic: 'b', data: '1', offset: 1 },
        { topic: 'a', data: '2', offset: 2 },
      ],
      next: 3,
      more: false,
    });
  });

  test('keeps the offsets of the whole stream when it filters by topic', () => {
    const log = logOf([
      { topic: 'a', data: '0' },
      { topic: 'b', data: '1' },
      { topic: 'a', data: '2' },
    ]);
    const page = log.read({ topics: ['a'] });
    expect(page.items.map((item) => item.offset)).toEqual([0, 2]);
    expect(page.next).toBe(3);
  });

  test('moves past entries of other topics, so that a reader does not look at them again', () => {
    const log = logOf([{ topic: 'a', data: '0' }]);
    expect(log.read({ topics: ['b'] })).toEqual({ items: [], next: 1, more: false });
  });

  test('leaves a reader that is ahead of the log where it is', () => {
    expect(logOf([{ topic: 'a', data: '0' }]).read({ from: 7 }).next).toBe(7);
  });

  test('returns an item that is over the limit alone, so that a reader gets past it', () => {
    const log = logOf([
      { topic: 'a', data: 'x'.repeat(500) },
      { topic: 'a', data: 'y' },
    ]);
    const page = log.read({ maxBytes: 100 });
    expect(page.items).toHaveLength(1);
    expect(page).toMatchObject({ next: 1, more: true });
  });

  test('page by page gives what one read gives, and no page is over the limit', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 400 }), (list, maxBytes) => {
        const log = logOf(list);
        const paged = [];
        for (let from = 0, more = true; more; ) {
          const page = log.read({ from, maxBytes });
          const bytes = new TextEncoder().encode(JSON.stringify(page.items)).length;
          expect(page.items.length === 1 || bytes <= maxBytes + 2).toBe(true);
          paged.push(...page.items);
          ({ next: from, more } = page);
        }
        expect(paged).toEqual(log.read().items);
      }),
    );
  });
});

test('tells where it ended after a task, and reads up to there', () => {
  const log = new Log(7);
  expect(log.endAfter(3)).toBe(7);
  for (const task of [4, 4, 9]) log.append({ topic: 'a', data: '' }, task);
  expect([0, 3, 4, 8, 9, 100].map((task) => log.endAfter(task))).toEqual([7, 7, 9, 9, 10, 10]);
  const page = log.read({ end: log.endAfter(4) });
  expect(page.items.map(({ offset }) => offset)).toEqual([7, 8]);
  expect(page).toMatchObject({ next: 9, more: false });
});
