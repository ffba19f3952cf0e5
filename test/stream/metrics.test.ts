import type { MetricMeter, MetricTags } from '@temporalio/common';
import { expect, test } from 'vitest';
import { countersOf } from '../../src/stream/metrics.js';

/** A meter that notes what is made and what is added. */
function notingMeter() {
  const made: string[] = [];
  const added: [string, number, MetricTags | undefined][] = [];
  const createCounter = (name: string) => {
    made.push(name);
    return { name, add: (by: number, tags?: MetricTags) => added.push([name, by, tags]) };
  };
  return { meter: { createCounter } as unknown as MetricMeter, made, added };
}

test('a counter is made once, when there is something to count', () => {
  const { meter, made, added } = notingMeter();
  const count = countersOf(meter);
  count('published', 0);
  expect(made).toEqual([]);
  count('published', 2);
  count('published', 3);
  count('retries', 1);
  expect(made).toEqual(['workflow_stream_published', 'workflow_stream_retries']);
  expect(added.map(([name, by]) => `${name} ${by}`)).toEqual([
    'workflow_stream_published 2',
    'workflow_stream_published 3',
    'workflow_stream_retries 1',
  ]);
});

test('tags are passed on', () => {
  const { meter, added } = notingMeter();
  countersOf(meter)('dropped', 4, { reason: 'duplicate' });
  expect(added).toEqual([['workflow_stream_dropped', 4, { reason: 'duplicate' }]]);
});
