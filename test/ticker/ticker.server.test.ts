import { randomBytes } from 'node:crypto';
import { type Gap, WorkflowStreamClient } from 'streambook/client';
import { type Lab, openLab, startWorker } from 'streambook/lab';
import {
  ADJUST,
  adjustTicker,
  measureTicker,
  NOTHING,
  startTicker,
  type Tally,
  TICKS,
  type Tick,
  type TickerOptions,
  watchTicks,
  withTick,
} from 'streambook/ticker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab('ticker');
});
afterAll(() => lab?.close());

const start = (options: Partial<TickerOptions>) =>
  startTicker(lab.client, randomBytes(3).toString('hex'), options);

const streamOf = ({ workflowId }: { workflowId: string }) =>
  WorkflowStreamClient.create(lab.client, workflowId);

/** What the log of a ticker that is done still holds. */
async function offsetsOf(ticker: { workflowId: string }): Promise<number[]> {
  const offsets: number[] = [];
  for await (const { offset } of streamOf(ticker).subscribe()) offsets.push(offset);
  return offsets;
}

/** Reads to the end, and waits after each tick for what `pause` says. */
async function read(stream: WorkflowStreamClient, pause = async () => {}): Promise<Tally> {
  let tally = NOTHING;
  for await (const sighting of watchTicks(stream)) {
    tally = withTick(tally, sighting);
    await pause();
  }
  return tally;
}

describe('a ticker that forgets', () => {
  test('reaches a reader that sleeps through it with the last tick, and tells it what it missed', async () => {
    const ticker = await start({ count: 12, intervalMs: 100 });
    const total = await Promise.all([
      ticker.result(),
      read(streamOf(ticker)),
      // Goes away with the first tick, and comes back when everything is over.
      read(streamOf(ticker), async () => void (await ticker.result())),
    ]);
    const [parts, fast, slow] = total;
    for (const tally of [fast, slow]) {
      expect(tally.received + tally.dropped).toBe(12);
      expect(tally.stated).toBe(parts);
    }
    expect(slow.jumps).toBeGreaterThanOrEqual(1);
    expect(slow.dropped).toBeGreaterThanOrEqual(8);
    expect(slow.added).toBeLessThan(parts);
  });

  test('has a log of at most as many ticks as it keeps and makes between two truncations', async () => {
    const ticker = await start({ count: 8, intervalMs: 20, truncateEvery: 3, keepLast: 2 });
    await ticker.result();
    // The last truncation was at the sixth tick, and left two.
    expect(await offsetsOf(ticker)).toEqual([4, 5, 6, 7]);
  });

  test('keeps everything when it is told never to truncate', async () => {
    const ticker = await start({ count: 5, intervalMs: 20, truncateEvery: 0 });
    const tally = await read(streamOf(ticker));
    expect(tally).toEqual({ received: 5, dropped: 0, jumps: 0, stated: 15, added: 15 });
  });

  test('has nothing to forget while there are fewer ticks than it keeps', async () => {
    const ticker = await start({ count: 3, intervalMs: 20, truncateEvery: 1, keepLast: 10 });
    await ticker.result();
    expect(await offsetsOf(ticker)).toEqual([0, 1, 2]);
  });

  test('goes on where it was, forgotten ticks included, when its worker is killed', async () => {
    const ticker = await start({ count: 12, intervalMs: 100, truncateEvery: 1, keepLast: 1 });
    let isFirst = true;
    const tally = await read(streamOf(ticker), async () => {
      if (!isFirst) return;
      isFirst = false;
      lab.worker.kill();
      lab.worker = await startWorker('ticker', lab.server);
    });
    expect(tally.received + tally.dropped).toBe(12);
    expect(tally.stated).toBe(await ticker.result());
    expect(await offsetsOf(ticker)).toEqual([11]);
  });
});

describe('a reader that comes back to a ticker that forgot', () => {
  let stream: WorkflowStreamClient;
  beforeAll(async () => {
    const ticker = await start({ count: 10, intervalMs: 20, truncateEvery: 1, keepLast: 2 });
    await ticker.result();
    stream = streamOf(ticker);
  });

  test('goes on after the gap, and is told of it first', async () => {
    const told: (Gap | number)[] = [];
    const onGap = (gap: Gap) => told.push(gap);
    for await (const { offset } of stream.topic(TICKS).subscribe(3, { onGap })) told.push(offset);
    expect(told).toEqual([{ from: 3, to: 8 }, 8, 9]);
  });

  test('fails when it would rather fail than miss something', async () => {
    const strict = stream.topic(TICKS).subscribe(3, { gap: 'error' });
    await expect(strict.next()).rejects.toMatchObject({ type: 'Gap' });
  });

  test('knows the state from the last tick alone', async () => {
    const { value } = await stream.topic<Tick>(TICKS).subscribe(9).next();
    expect(value?.data).toEqual({ n: 10, of: 10, made: 1, total: 30 });
  });
});

test('forgetting bounds the log and does nothing for the history', async () => {
  const ticks = { count: 30, intervalMs: 10 };
  const [all, last] = await Promise.all([
    start({ ...ticks, truncateEvery: 0 }).then(measureTicker),
    start(ticks).then(measureTicker),
  ]);
  expect([all.items, last.items]).toEqual([30, 1]);
  expect(all.logBytes).toBeGreaterThan(20 * last.logBytes);
  // A tick is two events of its timer and three of a workflow task, which timers may share.
  expect(last.events).toBeGreaterThan(2 * 30);
  expect(last.events / all.events).toBeCloseTo(1, 0);
});

test('a timer takes less than a second on the server of the book, if it is told to', async () => {
  const ticker = await start({ count: 5, intervalMs: 50 });
  await ticker.result();
  const { events } = await ticker.fetchHistory();
  const started = new Map<unknown, number>();
  const took = (events ?? []).flatMap((event) => {
    const { timerStartedEventAttributes: start, timerFiredEventAttributes: fired } = event;
    const time = Number(event.eventTime?.seconds) * 1_000 + Number(event.eventTime?.nanos) / 1e6;
    if (start) started.set(start.timerId, time);
    return fired ? [time - (started.get(fired.timerId) ?? 0)] : [];
  });
  expect(took).toHaveLength(5);
  expect(Math.min(...took)).toBeLessThan(800);
});

test('options that make no sense are refused before anything is started', async () => {
  await expect(start({ keepLast: 0 })).rejects.toThrow(RangeError);
});

describe('a ticker that is told to forget otherwise while it ticks', () => {
  test('does so from then on, and takes no notice of what makes no sense', async () => {
    const ticker = await start({ count: 20, intervalMs: 150, truncateEvery: 1, keepLast: 1 });
    await adjustTicker(ticker, { keepLast: 5 });
    for (const wanted of [{ keepLast: 0 }, { truncateEvery: { toString: 1 } }, 'all', null]) {
      await ticker.signal(ADJUST, wanted);
    }
    await ticker.signal(ADJUST);
    await ticker.result();
    expect(await offsetsOf(ticker)).toEqual([15, 16, 17, 18, 19]);
  });

  test('can be told to keep everything from then on', async () => {
    const ticker = await start({ count: 12, intervalMs: 150, truncateEvery: 1, keepLast: 1 });
    const lane = streamOf(ticker).topic<Tick>(TICKS).subscribe();
    for await (const { data } of lane) {
      if (data.n === 2) break;
    }
    await adjustTicker(ticker, { truncateEvery: 0 });
    await ticker.result();
    expect((await offsetsOf(ticker)).length).toBeGreaterThan(5);
  });

  test('is not asked for what would make no sense', async () => {
    const ticker = await start({ count: 1, intervalMs: 1 });
    await expect(adjustTicker(ticker, { keepLast: 0 })).rejects.toThrow(RangeError);
    await ticker.result();
  });
});
