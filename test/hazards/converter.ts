import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';

/** Encodes as usual, under a name of its own. */
export const customConverter: PayloadConverter = {
  toPayload<T>(value: T): Payload {
    const payload = defaultPayloadConverter.toPayload(value);
    return { ...payload, metadata: { encoding: new TextEncoder().encode('json/custom') } };
  },
  fromPayload<T>(payload: Payload): T {
    return defaultPayloadConverter.fromPayload<T>(payload);
  },
};
