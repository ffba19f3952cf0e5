/** A host without Temporal: what `WorkflowStream` does with a publish signal and at a rollover. */

import { encodePayloadWire } from '../../src/stream/codec.js';
import { readBatch } from '../../src/stream/host/batch.js';
import { publisherState } from '../../src/stream/host/publisher-state.js';
import { Publishers } from '../../src/stream/host/publishers.js';
import { fitState, restoreLog } from '../../src/stream/host/state.js';
import type { PublishInput, WorkflowStreamState } from '../../src/stream/wire.js';

/** For how many seconds it remembers publishers. */
const TTL = 900;

/** The bytes of a value as JSON, counted by Node. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value), 'utf8');
}

/** What a value becomes when it is sent. */
export function sent<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** A text as the data of an entry. */
export function wireOf(text: string): string {
  return encodePayloadWire({ data: Buffer.from(text) });
}

/** A log with its publishers, which begins anew or goes on with a state. */
export function modelHost(state?: WorkflowStreamState) {
  const log = restoreLog(state);
  const publishers = new Publishers(TTL, state);
  return {
    log,
    /** Takes what of a signal is new. */
    receive(input: PublishInput): void {
      for (const entry of publishers.admit(readBatch(sent(input)), 0)) log.append(entry);
    },
    /** What the next run is given. */
    capture(maxBytes: number, overflow: 'trim' | 'refuse' = 'trim'): WorkflowStreamState {
      const items = log.read().items.map((item) => ({ ...item, offset: 0 }));
      const whole = { log: items, base_offset: log.base, ...publisherState(publishers, TTL, 0) };
      return fitState(whole, maxBytes, overflow);
    },
  };
}
