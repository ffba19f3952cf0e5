import type { Gap } from 'streambook/client';
import { describe, expect, test, vi } from 'vitest';
import { type Reading, type RunEvent, readSlowly, type Subscribe } from '../../src/web/read.ts';

const item = (offset: number): RunEvent => ({ offset, topic: 'ticks', data: offset });

/** A subscription that meets the given items and gaps, and notes each item that it is asked for. */
function subscription(met: Reading[], asked: number[] = []): Subscribe {
  return async function* ({ signal, onGap }) {
    for (const reading of met) {
      if (signal.aborted) return;
      if ('to' in reading) {
        onGap(reading);
        continue;
      }
      asked.push(reading.offset);
      yield reading;
    }
  };
}

async function readAll(met: Reading[], from = 0) {
  const readings: Reading[] = [];
  const { signal } = new AbortController();
  for await (const reading of readSlowly(subscription(met), from, 0, signal))
    readings.push(reading);
  return readings;
}

describe('a gap', () => {
  const gap = (from: number, to: number): Gap => ({ from, to });

  test('comes before the item after it', async () => {
    const met = [item(0), gap(1, 4), item(4)];
    expect(await readAll(met)).toEqual(met);
  });

  test('is one, though the subscription met it in two parts', async () => {
    const met = [item(0), gap(1, 3), gap(3, 4), item(4)];
    expect(await readAll(met)).toEqual([item(0), gap(1, 4), item(4)]);
  });

  test('at the end is told too', async () => {
    expect(await readAll([item(0), gap(1, 4)])).toEqual([item(0), gap(1, 4)]);
  });

  test('is what a reader from the beginning has missed', async () => {
    expect(await readAll([item(4), item(5)])).toEqual([gap(0, 4), item(4), item(5)]);
  });

  test('is not what a reader that goes on has read before', async () => {
    expect(await readAll([item(5)], 5)).toEqual([item(5)]);
  });
});

describe('a slow reader', () => {
  test('does not ask for the next item before its pause is over', async () => {
    vi.useFakeTimers();
    try {
      const asked: number[] = [];
      const { signal } = new AbortController();
      const reading = readSlowly(subscription([item(0), item(1)], asked), 0, 1_500, signal);
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

  test('can leave in the middle of its pause', async () => {
    const left = new AbortController();
    const reading = readSlowly(subscription([item(0), item(1)]), 0, 60_000, left.signal);
    await reading.next();
    const second = reading.next();
    left.abort();
    expect((await second).done).toBe(true);
  });
});
