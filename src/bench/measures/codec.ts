/** What it takes to write a value for the wire and to read it, without a server. */

import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import * as official from '@temporalio/workflow-streams/workflow';
import * as ours from 'streambook/workflow';
import type { Comparison, Measure } from '../measure.js';

interface Codec {
  encodePayloadWire(payload: Payload): string;
  decodePayloadWire(wire: string): Payload;
}

const CODECS: Partial<Record<string, Codec>> = { ours, official };

/** Bytes of text in a value, and what a figure's id calls them. */
const SIZES = { '100B': 100, '10KB': 10_000, '1MB': 1_000_000 } as const;

export const codec: Measure = {
  name: 'codec',
  about: 'writing a value for the wire and reading it, at 100 B, 10 KB and 1 MB',
  topics: ['codec'],
  comparisons: ({ codecMs }) =>
    Object.entries(SIZES).map(([name, bytes]) => ofSize(name, bytes, codecMs)),
};

function ofSize(name: string, bytes: number, codecMs: number): Comparison {
  const [encodes, decodes] = [`codec/${name}/{side}/encode`, `codec/${name}/{side}/decode`];
  return {
    name,
    sides: ['ours', 'official'],
    units: { [encodes]: 'µs', [decodes]: 'µs' },
    seconds: (4 * codecMs) / 1_000,
    async turn(_, side) {
      const { encodePayloadWire: encode, decodePayloadWire: decode } = codecOf(side);
      const payload = defaultPayloadConverter.toPayload('x'.repeat(bytes));
      if (!payload) throw new Error('the converter made no payload');
      const wire = encode(payload);
      return {
        [encodes]: microseconds(() => encode(payload), codecMs),
        [decodes]: microseconds(() => decode(wire), codecMs),
      };
    },
  };
}

function codecOf(side: string): Codec {
  const found = CODECS[side];
  if (!found) throw new Error(`"${side}" has no codec`);
  return found;
}

/** Calls that are made whatever they take: a compiler has seen them then. */
const WARM_UP_CALLS = 3;

/** What a call takes, from as many as fit into a time that is short enough for a round. */
function microseconds(call: () => unknown, ms: number): number {
  for (let n = 0; n < WARM_UP_CALLS; n++) call();
  const begin = performance.now();
  let calls = 0;
  do {
    call();
    calls++;
  } while (performance.now() - begin < ms);
  return ((performance.now() - begin) * 1_000) / calls;
}
