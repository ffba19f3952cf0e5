/** An item as a relay holds it: encoded once, decoded once, for however many consumers. */
import type { Payload, PayloadConverter } from '@temporalio/common';
import type { StreamError } from '../errors.js';
import type { WorkflowStreamItem } from '../item.js';
import { undecodable } from '../read/refusals.js';
import type { Topical } from './position.js';

/** An item in a ring. */
export interface RelayItem extends Topical {
  readonly payload: Payload;
  /** What it decodes to, once somebody has asked. */
  decoded?: { value: unknown } | { error: StreamError };
}

/** Takes an item of a raw subscription. */
export function toRelayItem({ topic, data, offset }: WorkflowStreamItem): RelayItem {
  return { topic, offset, payload: data, bytes: topic.length + payloadBytes(data) };
}

function payloadBytes({ metadata, data }: Payload): number {
  let bytes = data?.length ?? 0;
  for (const [key, value] of Object.entries(metadata ?? {})) {
    bytes += key.length + (value?.length ?? 0);
  }
  return bytes;
}

/**
 * What a consumer gets of an item: the payload, or with a converter the decoded value.
 *
 * @throws StreamError `Undecodable`
 */
export function dataOf(item: RelayItem, converter: PayloadConverter | undefined): unknown {
  if (!converter) return item.payload;
  item.decoded ??= decode(item, converter);
  if ('error' in item.decoded) throw item.decoded.error;
  return item.decoded.value;
}

function decode(item: RelayItem, converter: PayloadConverter) {
  try {
    return { value: converter.fromPayload<unknown>(item.payload) };
  } catch (cause) {
    return { error: undecodable(item, cause) };
  }
}
