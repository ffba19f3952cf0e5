/** What a stream counts, through the SDK's metrics: where they go is the worker's or program's choice. */
import type { MetricCounter, MetricMeter, MetricTags } from '@temporalio/common';

const DESCRIPTIONS = {
  published: 'Items appended to the log',
  delivered: 'Items handed to a subscriber',
  dropped:
    'Items that were malformed, had come before, could not be sent, or did not fit into a rollover',
  gaps: 'Times that a subscriber found items truncated that it had not read',
  retries: 'Times that a batch was sent again',
} as const;

/** Adds to one of the counters `workflow_stream_published`, `_delivered`, `_dropped`, `_gaps`, `_retries`. */
export type Count = (what: keyof typeof DESCRIPTIONS, by: number, tags?: MetricTags) => void;

/** Counters of a meter, each made when it is first needed. */
export function countersOf(meter: MetricMeter): Count {
  const counters = new Map<string, MetricCounter>();
  return (what, by, tags) => {
    if (by === 0) return;
    let counter = counters.get(what);
    if (!counter) {
      counter = meter.createCounter(`workflow_stream_${what}`, undefined, DESCRIPTIONS[what]);
      counters.set(what, counter);
    }
    counter.add(by, tags);
  };
}
