import type { Payload, PayloadConverter } from '@temporalio/common';

const ENCODING = new TextEncoder().encode('text/reversed');

/** Encodes texts backwards, which no other converter reads. */
export const reversing: PayloadConverter = {
  toPayload: (value) => ({
    metadata: { encoding: ENCODING },
    data: new TextEncoder().encode([...String(value)].reverse().join('')),
  }),
  fromPayload: <T>({ data }: Payload) =>
    [...new TextDecoder().decode(data ?? undefined)].reverse().join('') as T,
};
