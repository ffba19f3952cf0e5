import fc from 'fast-check';
import type { Gap, WorkflowStreamClient } from 'streambook/client';
import { Log } from 'streambook/log';
import { NOTHING, type Sighting, type Tick, watchTicks, withTick } from 'streambook/ticker';
import { describe, expect, test } from 'vitest';

/** What a subscription does: it tells of gaps, or yields the tick at an offset. */
type Step = Gap | number;

const tickAt = (offset: number): Tick => ({ n: offset + 1, of: 99, made: 1, total: offset + 1 });

/** A stream whose subscription does what it is told. */
function streamOf(steps: Iterable<Step>): WorkflowStreamClient {
  const subscribe = async function* (_: number, { onGap }: { onGap: (gap: Gap) => void }) {
    for (const step of steps) {
      if (typeof step === 'number') yield { topic: 'ticks', offset: step, data: tickAt(step) };
      else onGap(step);
    }
  };
  return { topic: () => ({ subscribe }) } as unknown as WorkflowStreamClient;
}

async function sightings(steps: Iterable<Step>): Promise<Sighting[]> {
  const seen: Sighting[] = [];
  for await (const sighting of watchTicks(streamOf(steps))) seen.push(sighting);
  return seen;
}

describe('a watcher of ticks', () => {
  test('yields a gap as a jump, with the next tick and not before it', async () => {
    const [, after, next] = await sightings([9, { from: 10, to: 13 }, 13, 14]);
    expect(after).toMatchObject({ offset: 13, jump: { last: 9, next: 13, dropped: 3 } });
    expect(next).toEqual({ offset: 14, tick: tickAt(14) });
  });

  test('yields gaps in a row as one jump', async () => {
    const [, after] = await sightings([0, { from: 1, to: 3 }, { from: 3, to: 7 }, 7]);
    expect(after?.jump).toEqual({ last: 0, next: 7, dropped: 6 });
  });

  test('counts as dropped what was forgotten before it came', async () => {
    const [first] = await sightings([4]);
    expect(first?.jump).toEqual({ last: -1, next: 4, dropped: 4 });
    const [told] = await sightings([{ from: 0, to: 4 }, 4]);
    expect(told?.jump).toEqual(first?.jump);
  });

  test('has received or dropped every tick, whenever it reads and whatever is kept', async () => {
    const plan = fc.array(
      fc.record({ ticks: fc.integer({ min: 1, max: 9 }), keep: fc.integer({ min: 1, max: 4 }) }),
      { minLength: 1 },
    );
    await fc.assert(
      fc.asyncProperty(plan, async (rounds) => {
        const log = new Log();
        function* reading(): Iterable<Step> {
          let next = 0;
          for (const { ticks, keep } of rounds) {
            for (let n = 0; n < ticks; n++) log.append({ topic: 'ticks', data: '' });
            log.truncate(log.next - keep);
            if (next > 0 && log.base > next) yield { from: next, to: log.base };
            const page = log.read({ from: next });
            yield* page.items.map(({ offset }) => offset);
            next = page.next;
          }
        }
        const tally = (await sightings(reading())).reduce(withTick, NOTHING);
        expect(tally.received + tally.dropped).toBe(log.next);
        expect(tally.stated).toBe(log.next);
        expect(tally.added).toBe(tally.received);
      }),
    );
  });
});
