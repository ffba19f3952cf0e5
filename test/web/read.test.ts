import type { StreamReading } from 'streambook/sse';
import { describe, expect, test, vi } from 'vitest';
import { readSlowly } from '../../src/web/read.ts';
import { collect } from '../support/collect.ts';

const item = (offset: number) => ({ offset, topic: 'ticks', data: offset });

/** What a reader meets, each item noted when it is asked for. */
async function* meeting(
  met: StreamReading[],
  signal: AbortSignal,
  asked: number[] = [],
): AsyncGenerator<StreamReading> {
  for (const reading of met) {
    if (signal.aborted) return;
    if ('offset' in reading) asked.push(reading.offset);
    yield reading;
  }
}

async function readAll(met: StreamReading[], from = 0) {
  const { signal } = new AbortController();
  return await collect(readSlowly(meeting(met, signal), from, () => 0, signal));
}

describe('what was forgotten before a reader came', () => {
  test('is what a reader from the beginning has missed', async () => {
    const items = [item(4), item(5)];
    expect(await readAll(items)).toEqual([{ from: 0, to: 4 }, ...items]);
  });

  test('is not what a reader that goes on has read before', async () => {
    expect(await readAll([item(5)], 5)).toEqual([item(5)]);
  });

  test('is nothing when the log is whole, or the stream has told it', async () => {
    const met = [item(0), { from: 1, to: 4 }, item(4)];
    expect(await readAll(met)).toEqual(met);
    expect(await readAll(met.slice(1))).toEqual(met.slice(1));
  });
});

describe('a slow reader', () => {
  test('does not ask for the next item before its pause is over', async () => {
    vi.useFakeTimers();
    try {
      const asked: number[] = [];
      const { signal } = new AbortController();
      const met = meeting([item(0), item(1)], signal, asked);
      const reading = readSlowly(met, 0, () => 1_500, signal);
      await reading.next();
      const second = reading.next();
      await vi.advanceTimersByTimeAsync(1_499);
      expect(asked).toEqual([0]);
      await vi.advanceTimersByTimeAsync(1);
      expect(asked).toEqual([0, 1]);
      expect((await second).value).toEqual(item(1));
    } finally {
      vi.useRealTimers();
    }
  });

  test('takes each pause as it is set by then', async () => {
    vi.useFakeTimers();
    try {
      let pauseMs = 1_500;
      const asked: number[] = [];
      const { signal } = new AbortController();
      const met = meeting([item(0), item(1), item(2)], signal, asked);
      const reading = readSlowly(met, 0, () => pauseMs, signal);
      await reading.next();
      pauseMs = 100;
      const second = reading.next();
      await vi.advanceTimersByTimeAsync(100);
      await second;
      pauseMs = 0;
      await reading.next();
      expect(asked).toEqual([0, 1, 2]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('can leave in the middle of its pause', async () => {
    const left = new AbortController();
    const met = meeting([item(0), item(1)], left.signal);
    const reading = readSlowly(met, 0, () => 60_000, left.signal);
    await reading.next();
    const second = reading.next();
    left.abort();
    expect((await second).done).toBe(true);
  });
});
