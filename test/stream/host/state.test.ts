import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitInput, fitState, restoreLog } from '../../../src/stream/host/state.js';
import { MAX_INPUT_BYTES } from '../../../src/stream/size.js';
import type { WorkflowStreamState } from '../../../src/stream/wire.js';
import { jsonBytes } from '../model-host.js';

const empty: WorkflowStreamState = {
  log: [],
  base_offset: 0,
  publisher_sequences: {},
  publisher_last_seen: {},
};
const tooLarge = expect.objectContaining({ type: 'StateTooLarge', nonRetryable: true });

/** A state with so many items, each of about so many bytes. */
function stateOf(count: number, size: number): WorkflowStreamState {
  const log = Array.from({ length: count }, () => ({
    topic: 'a',
    data: 'A'.repeat(size),
    offset: 0,
  }));
  return { ...empty, log, base_offset: 7 };
}

describe('restoring', () => {
  test('gives the offsets that the items had', () => {
    expect(
      restoreLog(stateOf(2, 1))
        .read()
        .items.map(({ offset }) => offset),
    ).toEqual([7, 8]);
  });

  test.each([
    undefined,
    null,
    {},
    { log: 'none' },
    { log: null, base_offset: -1 },
    { log: {}, base_offset: 1.5 },
    { base_offset: '7' },
    { log: [null, 7, 'text', [], {}, { topic: 'a' }, { topic: 1, data: '' }] },
  ])('of %j begins an empty log at 0', (state) => {
    const log = restoreLog(state as unknown as WorkflowStreamState);
    expect([log.base, log.next]).toEqual([0, 0]);
  });

  test('never throws, whatever the run before handed over', () => {
    const item = fc.record(
      { topic: fc.oneof(fc.string(), fc.jsonValue()), data: fc.oneof(fc.string(), fc.jsonValue()) },
      { requiredKeys: [] },
    );
    const state = fc.record(
      { log: fc.oneof(fc.array(item), fc.jsonValue()), base_offset: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(state, fc.jsonValue()), (any) => {
        for (const { topic, data } of restoreLog(any as never).read().items) {
          expect([typeof topic, typeof data]).toEqual(['string', 'string']);
        }
      }),
    );
  });
});

describe('fitting a state', () => {
  test('keeps the newest items and moves the base over the others', () => {
    const state = stateOf(3, 10);
    const room = jsonBytes(stateOf(2, 10)) + 2 * 17;
    const fitted = fitState(state, room, 'trim');
    expect(fitted).toEqual({ ...stateOf(2, 10), base_offset: 8 });
    expect(state.log).toHaveLength(3);
  });

  test('refuses instead, when it is told to', () => {
    expect(() => fitState(stateOf(3, 10), 100, 'refuse')).toThrow(tooLarge);
    expect(fitState(stateOf(3, 10), 1_000, 'refuse')).toEqual(stateOf(3, 10));
  });
});

describe('fitting an input', () => {
  const captureOf = (state: WorkflowStreamState) => (maxBytes: number) =>
    fitState(state, maxBytes, 'trim');

  test('gives up the oldest items for what the arguments carry besides', () => {
    const args = (room: number) =>
      fitInput(
        captureOf(stateOf(9, 100)),
        (state) => [{ state, padding: ' '.repeat(MAX_INPUT_BYTES - room) }],
        'trim',
      );
    const kept = (room: number) =>
      args(room).map(({ state }) => [state.base_offset, state.log.length]);
    expect(kept(5_000)).toEqual([[7, 9]]);
    expect(kept(800)).toEqual([[11, 5]]);
    expect(kept(200)).toEqual([[16, 0]]);
    expect(() => args(50)).toThrow(tooLarge);
  });

  test('ends after as many tries as there are items, however the arguments grow', () => {
    const growth = fc.integer({ min: -3_000, max: 3_000 });
    fc.assert(
      fc.property(fc.nat(3), fc.array(growth, { minLength: 5, maxLength: 5 }), (count, sizes) => {
        let tries = 0;
        const build = (state: WorkflowStreamState) => [
          { state, padding: ' '.repeat(MAX_INPUT_BYTES + (sizes[tries++] ?? 0)) },
        ];
        try {
          const args = fitInput(captureOf(stateOf(count, 300)), build, 'trim');
          expect(jsonBytes(args[0])).toBeLessThanOrEqual(MAX_INPUT_BYTES);
        } catch (error) {
          expect(error).toEqual(tooLarge);
        }
        expect(tries).toBeLessThanOrEqual(count + 1);
      }),
      { numRuns: 10 },
    );
  });

  test('refuses at once to lose items, when it is told to', () => {
    let tries = 0;
    const build = (state: WorkflowStreamState) => {
      tries++;
      return [state, ' '.repeat(MAX_INPUT_BYTES)];
    };
    expect(() => fitInput(captureOf(stateOf(3, 9)), build, 'refuse')).toThrow(tooLarge);
    expect(tries).toBe(1);
  });
});
