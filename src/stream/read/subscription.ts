/** What a subscriber holds: values instead of encoded items, with a say in gaps and a way to stop. */

import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { WorkflowHandle } from '@temporalio/client';
import type { Payload, PayloadConverter } from '@temporalio/common';
import { type Duration, msToNumber } from '@temporalio/common/lib/time.js';
import { decodePayloadWire } from '../codec.js';
import { StreamError } from '../errors.js';
import type { WorkflowStreamItem } from '../item.js';
import type { Item } from '../log.js';
import type { Count } from '../metrics.js';
import { check } from '../schema.js';
import type { Gap } from './cursor.js';
import { type EndStatus, follow } from './follow.js';
import { checkStart, gapError, undecodable } from './refusals.js';
import { openRun } from './run.js';
import { stoppableIterator } from './stop.js';

// #region options
/** How a subscription reads. */
export interface SubscribeOptions {
  /**
   * Shortest time between two polls: of a host that knows no read query, or with `wait: 'update'`.
   * @defaultValue 100 milliseconds; with `wait: 'update'` none
   */
  pollCooldown?: Duration;
  /** Ends the subscription at once, also while it waits. */
  signal?: AbortSignal;
  // #region wait-option
  /**
   * How to wait for news: by the workflow's history, which costs no event and no update; or by an
   * update that is parked in the workflow, which is faster and costs an update and its five events
   * for each batch. Four readers of a client wait like that in one workflow; the others do it quietly,
   * and so do all when no more updates are taken. Either way nothing is lost.
   * @defaultValue 'quiet'
   */
  wait?: 'quiet' | 'update';
  // #endregion wait-option
  // #region since-4
  // #region gap-options
  /**
   * What to do when items were truncated before this subscription read them: go on after them, or
   * throw a StreamError `Gap`. @defaultValue 'skip'
   */
  gap?: 'skip' | 'error';
  /** Told of such items, whatever the policy, before any later item is yielded. */
  onGap?: (gap: Gap) => void;
  // #endregion gap-options
  // #endregion since-4
}

/** Yields items, and knows afterwards how the workflow ended. */
export interface Subscription<T> extends AsyncGenerator<WorkflowStreamItem<T>, void, unknown> {
  /** How the workflow ended; undefined before the last item was read, or when the reader left. */
  readonly status: EndStatus | undefined;
}

/** How to read, and how to make values of what comes. */
export interface Reading extends SubscribeOptions {
  /** Decodes payloads; without, they are yielded as they are. */
  converter?: PayloadConverter | undefined;
  schema?: StandardSchemaV1<unknown, unknown> | undefined;
}

/** What to subscribe to. */
export interface SubscriptionSettings extends Reading {
  handle: WorkflowHandle;
  topics: string[];
  from: number;
  count: Count;
}
// #endregion options

// #region subscribe
/** @throws StreamError `InvalidOffset` */
export function subscribe(settings: SubscriptionSettings): Subscription<unknown> {
  const { handle, topics, from, count, wait = 'quiet' } = settings;
  const { pollCooldown = wait === 'update' ? 0 : '100 milliseconds' } = settings;
  checkStart(from);
  const cooldown = msToNumber(pollCooldown);
  const end: { status?: EndStatus } = {};

  const iterator = stoppableIterator(async function* (signal) {
    const run = await openRun(handle, { topics, wait, cooldown, signal });
    const items = follow(run, from, (gap) => {
      // #region since-4
      // #region on-gap
      tellGap(gap, settings);
      // #endregion on-gap
      // #endregion since-4
    });
    for (;;) {
      const { done, value } = await items.next();
      if (done) {
        end.status = value;
        return;
      }
      const item = { topic: value.topic, data: decode(value, settings), offset: value.offset };
      count('delivered', 1);
      yield item;
    }
  }, settings.signal);
  return Object.defineProperty(iterator, 'status', {
    get: () => end.status,
  }) as Subscription<unknown>;
}
// #endregion subscribe

// #region since-4
// #region tell-gap
function tellGap(gap: Gap, { gap: policy, onGap, count }: SubscriptionSettings): void {
  count('gaps', 1);
  onGap?.(gap);
  if (policy === 'error') throw gapError(gap);
}
// #endregion tell-gap
// #endregion since-4

// #region decode
/** @throws StreamError `Undecodable`, `InvalidValue` */
function decode(item: Item, settings: SubscriptionSettings): unknown {
  const { converter, schema } = settings;
  const { topic, offset } = item;
  let value: Payload | unknown;
  try {
    const payload = decodePayloadWire(item.data);
    value = converter ? converter.fromPayload(payload) : payload;
  } catch (cause) {
    throw undecodable(item, cause);
  }
  if (!schema) return value;
  const result = check(schema, value);
  if ('value' in result) return result.value;
  const message =
    `The item at offset ${offset} on "${topic}" is not valid: ${result.problem}. ` +
    `Subscribe from ${offset + 1} to go on without it.`;
  throw new StreamError('InvalidValue', message);
}
// #endregion decode
