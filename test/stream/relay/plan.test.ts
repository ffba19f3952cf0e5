import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Slow } from '../../../src/stream/relay/position.js';
import { LIMITS, Model, type ModelConsumer } from './plan-model.js';

type Command =
  | { do: 'append'; topic: string; bytes: number }
  | { do: 'truncate'; upTo: number }
  | { do: 'join'; from: number; topics: string[]; slow: Slow }
  | { do: 'ask' | 'leave'; who: number }
  | { do: 'open'; isImpatient: boolean }
  | { do: 'restart' }
  | { do: 'read'; which: 'live' | 'past' };

const topic = fc.constantFrom('a', 'b', 'c');
const which = fc.constantFrom('live' as const, 'past' as const);
const slow = fc.constantFrom<Slow>('wait', 'skip', 'drop');
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      topic,
      bytes: fc.integer({ min: 1, max: 25 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('truncate' as const), upTo: fc.nat(40) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('join' as const),
      from: fc.oneof(fc.constant(0), fc.nat(30)),
      topics: fc.subarray(['a', 'b', 'c'], { maxLength: 2 }),
      slow,
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('ask' as const), who: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), who: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('open' as const), isImpatient: fc.boolean() }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('read' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);
const commands = fc.array(command, { maxLength: 120, size: 'max' });

function run(model: Model, steps: readonly Command[], check: () => void = () => {}): void {
  for (const step of steps) {
    const { consumers } = model;
    if (step.do === 'append') model.append(step.topic, step.bytes);
    else if (step.do === 'truncate') model.truncate(step.upTo);
    else if (step.do === 'join') model.join(step.from, step.topics, step.slow);
    else if (step.do === 'open') model.open(step.isImpatient);
    else if (step.do === 'restart') model.restart();
    else if (step.do === 'read') model.read(step.which);
    else {
      const consumer = consumers[step.who % Math.max(1, consumers.length)];
      if (consumer) step.do === 'ask' ? model.ask(consumer) : model.leave(consumer);
    }
    check();
  }
}

/** Lets everything go on until nothing changes any more. */
function finish(model: Model): void {
  model.hasEnded = true;
  for (let round = 0; model.consumers.some(({ isOver }) => !isOver); round++) {
    if (round > 5_000) throw new Error('some consumer never comes to the end');
    model.open(true);
    for (const lane of ['live', 'past'] as const) model.read(lane);
    for (const consumer of model.consumers) model.ask(consumer);
  }
}

/** Checks what a consumer got against the log: nothing twice, nothing missing but what it was told of. */
function checkRun(model: Model, { from, got, topics }: ModelConsumer): number {
  let next = from === 0 ? undefined : from;
  const goTo = (offset: number) => {
    const passed = model.log.slice(next ?? offset, offset);
    expect(passed.filter((item) => !topics || topics.has(item.topic))).toEqual([]);
    expect(offset).toBeGreaterThanOrEqual(next ?? 0);
  };
  for (const event of got) {
    if (event.kind === 'item') {
      const { offset, topic: name } = event.item;
      goTo(offset);
      if (topics) expect(topics).toContain(name);
      expect(name).toBe(model.log[offset]?.topic);
      next = offset + 1;
    } else if (event.kind === 'gap') {
      goTo(event.gap.from);
      expect(event.gap.to).toBeGreaterThan(event.gap.from);
      if (event.isTruncation) expect(event.gap.to).toBeLessThanOrEqual(model.base);
      next = event.gap.to;
    } else if (event.kind === 'tooSlow') {
      goTo(event.from);
    }
  }
  return next ?? 0;
}

describe('whatever comes in whatever order', () => {
  test('a consumer gets a contiguous run of its items, except for the gaps that it is told of', () => {
    fc.assert(
      fc.property(commands, (steps) => {
        const model = new Model();
        run(model, steps);
        for (const consumer of model.consumers) checkRun(model, consumer);
      }),
      { numRuns: 300 },
    );
  });

  test('all who stay get everything up to the end, or are told from where on they do not', () => {
    fc.assert(
      fc.property(commands, (steps) => {
        const model = new Model();
        run(model, steps);
        const left = model.consumers.filter(({ isOver }) => !isOver);
        finish(model);
        for (const consumer of left) {
          const next = checkRun(model, consumer);
          const last = consumer.got.at(-1);
          if (last?.kind === 'tooSlow') continue;
          expect(last).toEqual({ kind: 'end', outcome: { status: 'COMPLETED' } });
          const { topics } = consumer;
          // Who asks for wherever the log begins misses nothing of a log that has forgotten everything.
          const first = consumer.got.length === 1 && consumer.from === 0 ? model.base : next;
          const rest = model.log.slice(first).filter((item) => !topics || topics.has(item.topic));
          expect(rest).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('who waits misses only what the stream has forgotten, and is never given up', () => {
    fc.assert(
      fc.property(commands, (steps) => {
        const model = new Model();
        run(model, steps);
        finish(model);
        for (const { got } of model.consumers.filter((consumer) => consumer.slow === 'wait')) {
          const losses = got.filter((event) => event.kind === 'gap' && !event.isTruncation);
          expect(losses).toEqual([]);
          expect(got.filter(({ kind }) => kind === 'tooSlow')).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('memory stays within the bounds, and there is one live reading and at most one of the past', () => {
    fc.assert(
      fc.property(commands, (steps) => {
        const model = new Model();
        run(model, steps, () => {
          for (const lane of [model.plan.live, model.plan.past]) {
            if (!lane) continue;
            expect(lane.ring.size).toBeLessThanOrEqual(LIMITS.maxItems);
            if (lane.ring.size > 1) expect(lane.ring.bytes).toBeLessThanOrEqual(LIMITS.maxBytes);
          }
          expect(model.plan.size).toBe(model.consumers.filter(({ isOver }) => !isOver).length);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('who does not wait and is slow holds nobody up', () => {
    fc.assert(
      fc.property(commands, (steps) => {
        const model = new Model();
        const quick = model.join(0, [], 'skip');
        const others = steps.filter((step) => step.do !== 'join' || step.slow !== 'wait');
        run(
          model,
          others.filter((step) => step.do !== 'leave' && step.do !== 'truncate'),
          () => {
            // As often as something can be read it is, and this one takes all of it at once.
            model.open(false);
            do model.ask(quick);
            while (model.read('live') || !quick.isAsking);
            expect(quick.got).toHaveLength(model.log.length);
          },
        );
      }),
    );
  });
});
