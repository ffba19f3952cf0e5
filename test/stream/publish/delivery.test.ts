/** A publisher and a host with a network between them that loses, repeats and delays. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Entry } from '../../../src/stream/log.js';
import { Publisher, type PublisherSettings } from '../../../src/stream/publish/publisher.js';
import type { PublishInput } from '../../../src/stream/wire.js';
import { useFakeTime, useRealTime } from '../fake-time.js';
import { modelHost, wireOf } from '../model-host.js';

/** What becomes of one call: its request may be lost, its answer, or the caller hears nothing in time. */
const call = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ arrives: 0, answered: true }) },
  fc.constant({ arrives: Number.POSITIVE_INFINITY, answered: false }),
  fc.record({ arrives: fc.nat(20_000), answered: fc.constant(false) }),
  // The request comes twice, the second time late.
  fc.record({ arrives: fc.nat(20_000), answered: fc.constant(true) }),
);
type Call = typeof call extends fc.Arbitrary<infer C> ? C : never;

const calls = fc.array(call, { maxLength: 25 });
/** How many items are published in one go, how, and how long it takes until the next ones. */
const steps = fc.array(
  fc.record({ items: fc.nat(6), forced: fc.boolean(), pause: fc.nat(3_000) }),
  { maxLength: 12 },
);
type Steps = typeof steps extends fc.Arbitrary<infer S> ? S : never;
const maxBatchSize = fc.oneof(
  fc.integer({ min: 1, max: 5 }),
  fc.constant(Number.POSITIVE_INFINITY),
);

const settings: PublisherSettings = {
  publisherId: 'p',
  sequence: 0,
  numbersItems: false,
  batchInterval: 2_000,
  maxBatchSize: Number.POSITIVE_INFINITY,
  maxRetryDuration: Number.POSITIVE_INFINITY,
  highWaterMark: Number.POSITIVE_INFINITY,
  maxBuffered: Number.POSITIVE_INFINITY,
  count: () => {},
};

type Host = ReturnType<typeof modelHost>;

/** Sends to a host over a network that works from when the script is over. */
function networkTo(host: Host, script: readonly Call[]) {
  const left = [...script];
  return async (input: PublishInput): Promise<void> => {
    const { arrives, answered } = left.shift() ?? { arrives: 0, answered: true };
    if (Number.isFinite(arrives)) setTimeout(() => host.receive(input), arrives);
    if (answered) host.receive(input);
    else throw new Error('no answer');
  };
}

/** The item with that number: 1, 2, 3, … */
const item = (number: number): Entry => ({ topic: 'n', data: wireOf(`item ${number}`) });
const numbers = (host: Host) => host.log.read().items.map(({ data }) => data);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => item(i + 1).data);

/** Publishes item after item from a number on; returns the number of the last. */
async function publishAll(publisher: Publisher, script: Steps, last = 0): Promise<number> {
  for (const { items, forced, pause } of script) {
    for (let i = 0; i < items; i++) publisher.publish(item(++last), forced);
    await vi.advanceTimersByTimeAsync(pause);
  }
  return last;
}

beforeEach(useFakeTime);
afterEach(useRealTime);

test('everything arrives once and in order, whatever the network loses, repeats or delays', async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      calls,
      maxBatchSize,
      fc.boolean(),
      async (script, network, size, numbersItems) => {
        const host = modelHost();
        const options = { ...settings, numbersItems, maxBatchSize: size };
        const publisher = new Publisher(networkTo(host, network), options);
        const last = await publishAll(publisher, script);
        const flushed = publisher.flush();
        await vi.runAllTimersAsync();
        await flushed;
        expect(numbers(host)).toEqual(upTo(last));
        if (numbersItems) expect(publisher.checkpoint?.sequence).toBe(last);
      },
    ),
  );
});

test('who goes on from a checkpoint publishes each item once, even while the one before still sends', async () => {
  const attempt = fc.record({ script: steps, network: calls, size: maxBatchSize });
  await fc.assert(
    fc.asyncProperty(
      fc.array(attempt, { minLength: 1, maxLength: 3 }),
      // How many steps before its end an attempt told its checkpoint the last time.
      fc.nat(3),
      // Whether an attempt goes on after it was given up, or only what it sent is still under way.
      fc.boolean(),
      async (attempts, age, goesOn) => {
        const host = modelHost();
        let sequence = 0;
        let total = 0;
        for (const { script, network, size } of attempts) {
          let isOver = false;
          const send = networkTo(host, network);
          const publisher = new Publisher(
            (input) => (isOver && !goesOn ? new Promise<void>(() => {}) : send(input)),
            { ...settings, numbersItems: true, sequence, maxBatchSize: size },
          );
          const heard = script.slice(0, Math.max(0, script.length - age));
          const between = await publishAll(publisher, heard, sequence);
          const told = publisher.checkpoint?.sequence ?? 0;
          total = Math.max(total, await publishAll(publisher, script.slice(heard.length), between));
          sequence = told;
          isOver = true;
        }
        const final = new Publisher(networkTo(host, []), {
          ...settings,
          numbersItems: true,
          sequence,
        });
        for (let number = sequence + 1; number <= total; number++)
          final.publish(item(number), false);
        const flushed = final.flush();
        await vi.runAllTimersAsync();
        await flushed;
        expect(numbers(host)).toEqual(upTo(total));
        vi.clearAllTimers();
      },
    ),
  );
});
