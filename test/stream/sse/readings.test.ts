import type { Gap, WorkflowStreamItem } from 'streambook/client';
import { describe, expect, test } from 'vitest';
import type { StreamReading } from '../../../src/stream/sse/encode.ts';
import { readings, type Subscribable } from '../../../src/stream/sse/readings.ts';
import { collect } from '../../support/collect.ts';

const item = (offset: number) => ({ offset, topic: 'ticks', data: offset });
const gap = (from: number, to: number): Gap => ({ from, to });

/** A stream whose reader meets the given items and gaps, and that notes what it was asked for. */
function streamOf(met: StreamReading[], asked: unknown[] = []): Subscribable {
  return {
    async *subscribe<T>(
      topics: string | string[],
      from: number,
      { onGap, slow, signal }: Parameters<Subscribable['subscribe']>[2],
    ) {
      asked.push({ topics, from, slow });
      for (const reading of met) {
        if (signal.aborted) return;
        if ('to' in reading) onGap(reading);
        else yield reading as WorkflowStreamItem<T>;
      }
    },
  };
}

async function readAll(met: StreamReading[]) {
  return await collect(readings(streamOf(met), [], 0, new AbortController().signal));
}

describe('a gap', () => {
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
});

test('a stream is read from the offset asked for, and a reader that is too slow is dropped', async () => {
  const asked: unknown[] = [];
  const { signal } = new AbortController();
  await collect(readings(streamOf([item(7)], asked), ['ticks'], 7, signal));
  expect(asked).toEqual([{ topics: ['ticks'], from: 7, slow: 'drop' }]);
});

test('a reader that leaves meets nothing more', async () => {
  const left = new AbortController();
  const reading = readings(streamOf([item(0), item(1)]), [], 0, left.signal);
  expect((await reading.next()).value).toEqual(item(0));
  left.abort();
  expect((await reading.next()).done).toBe(true);
});
