/** What a host keeps, against a model that is too simple to be wrong: the list of what was accepted. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry, Item } from '../../src/stream/log.js';
import { itemBytes } from '../../src/stream/size.js';
import type { PublishInput } from '../../src/stream/wire.js';
import { jsonBytes, modelHost, sent, wireOf } from './model-host.js';

const TOPICS = ['status', '進捗', '"\\\n', '\ud83d', '😀', '__proto__', ''];
const topics = fc.constantFrom(...TOPICS);
const bytes = fc.oneof(fc.nat(2_000), fc.constant(Number.POSITIVE_INFINITY));
/** A number of 0 or more below 1, for a place in a list whose length is not known yet. */
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** By whom: two number their batches, two their items, and one is not recognised. */
const PUBLISHERS = ['batches', '__proto__', 'items', '項目', ''];
const NUMBER_ITEMS = new Set(['items', '項目']);

const command = fc.oneof(
  { weight: 4, arbitrary: publishing() },
  fc.record({ do: fc.constant('repeat' as const), which: share }),
  fc.record({ do: fc.constant('truncate' as const), at: share }),
  fc.record({ do: fc.constant('keep' as const), items: fc.nat(12), bytes }),
  fc.record({
    do: fc.constant('read' as const),
    from: fc.nat(60),
    topics: fc.subarray(TOPICS, { maxLength: 3 }),
    maxBytes: bytes,
  }),
  fc.record({ do: fc.constant('roll' as const), maxBytes: bytes }),
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;
type Doing<K> = Extract<Command, { do: K }>;

function publishing() {
  return fc.record({
    do: fc.constant('publish' as const),
    by: fc.constantFrom(...PUBLISHERS),
    items: fc.array(fc.record({ topic: topics, size: fc.nat(90) }), { maxLength: 4 }),
    /** How many of its last items a publisher that numbers them sends again, cut as it comes. */
    again: fc.nat(5),
    /** Whether the base64 comes without its padding. */
    bare: fc.boolean(),
    /** Whether something that is no payload is among the items. */
    spoilt: fc.boolean(),
  });
}

/** The host and its model, which a command changes alike. */
class Model {
  private host = modelHost();
  private readonly accepted: Entry[] = [];
  private base = 0;
  private readonly signals: { input: PublishInput; entries: Entry[] }[] = [];
  private readonly published = new Map<string, { entries: Entry[]; batches: number }>();

  run(command: Command): void {
    if (command.do === 'publish') this.publish(command);
    else if (command.do === 'repeat') this.repeat(command);
    else if (command.do === 'truncate') this.truncate(command);
    else if (command.do === 'keep') this.keep(command);
    else if (command.do === 'read') this.read(command);
    else this.roll(command);
    const { log } = this.host;
    expect({ base: log.base, next: log.next }).toEqual({
      base: this.base,
      next: this.accepted.length,
    });
    expect(log.read().items).toEqual(this.kept());
  }

  /** What the log should hold. */
  private kept(): Item[] {
    return this.accepted.map((entry, offset) => ({ ...entry, offset })).slice(this.base);
  }

  private publish({ by, items, again, bare, spoilt }: Doing<'publish'>): void {
    const own = this.published.get(by) ?? { entries: [], batches: 0 };
    const fresh = items.map(({ topic, size }, i): Entry => {
      const name = `${by} ${own.entries.length + i} `;
      return { topic, data: wireOf(name.padEnd(size, '.')) };
    });
    const numbersItems = NUMBER_ITEMS.has(by);
    const old = numbersItems ? own.entries.slice(Math.max(0, own.entries.length - again)) : [];
    own.entries.push(...fresh);
    own.batches++;
    this.published.set(by, own);
    const entries = [...old, ...fresh];
    // A spoilt batch is taken whole, since its items cannot be numbered: it must not hold old ones.
    const bad = spoilt && !numbersItems ? [{ topic: 'bad', data: '#' }] : [];
    const wired = entries.map(({ topic, data }) => ({
      topic,
      data: bare ? data.replaceAll('=', '') : data,
    }));
    const input: PublishInput = {
      items: [...bad, ...wired],
      publisher_id: by,
      sequence: numbersItems ? own.entries.length : own.batches,
      ...(numbersItems && { numbers_items: true }),
    };
    if (by !== '') this.signals.push({ input, entries });
    this.host.receive(input);
    this.accepted.push(...fresh);
  }

  /** A signal that comes late or twice: nothing of it is new, whatever has happened since. */
  private repeat({ which }: Doing<'repeat'>): void {
    const signal = this.signals[Math.floor(which * this.signals.length)];
    if (signal) this.host.receive(signal.input);
  }

  private truncate({ at }: Doing<'truncate'>): void {
    const upTo = Math.round(at * this.accepted.length);
    this.host.log.truncate(upTo);
    this.base = Math.max(this.base, upTo);
    expect(() => this.host.log.truncate(this.accepted.length + 1)).toThrow(RangeError);
  }

  private keep(limit: Doing<'keep'>): void {
    const before = this.kept();
    this.host.log.keep(limit);
    const { base, next } = this.host.log;
    const kept = before.filter(({ offset }) => offset >= base);
    const fits = kept.length <= limit.items && jsonBytes(kept) - 2 <= limit.bytes;
    expect(fits || kept.length === Math.min(1, before.length)).toBe(true);
    // One more would have been too many.
    const more = before.slice(-kept.length - 1);
    const size = more.reduce((sum, item) => sum + itemBytes(item), 0);
    if (base > this.base) expect(more.length > limit.items || size > limit.bytes).toBe(true);
    expect(next).toBe(this.accepted.length);
    this.base = base;
  }

  /** Reads page by page to the end. */
  private read({ from, topics: wanted, maxBytes }: Doing<'read'>): void {
    const items: Item[] = [];
    for (let next = from, more = true; more; ) {
      const page = this.host.log.read({ from: next, topics: wanted, maxBytes });
      if (page.items.length > 1) expect(jsonBytes(page.items) - 2).toBeLessThanOrEqual(maxBytes);
      if (page.more) expect(page.next).toBeGreaterThan(next);
      items.push(...page.items);
      ({ next, more } = page);
      if (!more) expect(next).toBe(Math.max(from, this.accepted.length));
    }
    const matches = ({ topic, offset }: Item) =>
      offset >= from && (wanted.length === 0 || wanted.includes(topic));
    expect(items).toEqual(this.kept().filter(matches));
  }

  private roll({ maxBytes }: Doing<'roll'>): void {
    const before = this.kept();
    const state = sent(this.host.capture(maxBytes));
    if (state.log.length > 0) expect(jsonBytes(state)).toBeLessThanOrEqual(maxBytes);
    const left = before.length - state.log.length;
    if (left > 0) {
      expect(() => this.host.capture(maxBytes, 'refuse')).toThrow(/over the/);
      const more = [...before.slice(left - 1)].reduce((sum, item) => sum + itemBytes(item), 0);
      expect(jsonBytes({ ...state, log: [] }) + more).toBeGreaterThan(maxBytes);
    } else expect(sent(this.host.capture(maxBytes, 'refuse'))).toEqual(state);
    this.host = modelHost(state);
    this.base += left;
  }
}

test('a host keeps what is accepted once and in order, whatever comes twice, is truncated or rolled over', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 50, size: 'max' }), (commands) => {
      const model = new Model();
      for (const each of commands) model.run(each);
    }),
  );
});
