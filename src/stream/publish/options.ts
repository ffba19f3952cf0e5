import type { MetricMeter, PayloadConverter } from '@temporalio/common';
import { type Duration, msToNumber } from '@temporalio/common/lib/time.js';
import type { Count } from '../metrics.js';
import { type PublisherCheckpoint, randomId } from './identity.js';
import type { PublisherSettings } from './publisher.js';

// #region options
/** How a client publishes. */
export interface WorkflowStreamClientOptions {
  /** Longest time that an item waits to be sent with others. @defaultValue 2 seconds */
  batchInterval?: Duration;
  /** Most items in one batch; a full batch is sent at once. @defaultValue no limit but the bytes */
  maxBatchSize?: number;
  /**
   * How long a batch is tried again before it is given up. Keep it under the 15 minutes for which
   * a host remembers a publisher. @defaultValue 10 minutes
   */
  maxRetryDuration?: Duration;
  /** Bytes not yet delivered above which `ready` waits. @defaultValue 4 MiB, or half of `maxBuffered` */
  highWaterMark?: number;
  /** Bytes not yet delivered above which `publish` throws `BufferFull`. @defaultValue no limit */
  maxBuffered?: number;
  /**
   * Goes on as the publisher that had got so far, instead of as a new one. Its items are numbered
   * from `sequence` + 1, and the host takes each number once: publish the same items again from there.
   */
  checkpoint?: PublisherCheckpoint;
  /** Converts what is published and received. @defaultValue the one of the Temporal client */
  payloadConverter?: PayloadConverter;
  /** Where counters go. @defaultValue the activity's meter within an activity, otherwise nowhere */
  metricMeter?: MetricMeter;
}

// #endregion options

// #region settings
/** Four batches of the largest size. */
const HIGH_WATER_MARK = 4 * 1024 * 1024;

/** What a publisher needs to know, with every default filled in. */
export function publisherSettings(
  options: WorkflowStreamClientOptions,
  count: Count,
): PublisherSettings {
  const { checkpoint, maxBuffered = Number.POSITIVE_INFINITY } = options;
  return {
    publisherId: checkpoint?.publisherId ?? randomId(),
    sequence: checkpoint?.sequence ?? 0,
    numbersItems: checkpoint !== undefined,
    batchInterval: msToNumber(options.batchInterval ?? '2 seconds'),
    maxBatchSize: options.maxBatchSize ?? Number.POSITIVE_INFINITY,
    maxRetryDuration: msToNumber(options.maxRetryDuration ?? '10 minutes'),
    // Whoever awaits `ready` has to find room afterwards.
    highWaterMark: options.highWaterMark ?? Math.min(HIGH_WATER_MARK, maxBuffered / 2),
    maxBuffered,
    count,
  };
}
// #endregion settings
